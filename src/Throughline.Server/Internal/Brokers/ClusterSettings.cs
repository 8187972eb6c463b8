namespace Throughline.Server.Internal.Brokers;

/// <summary>A cluster to watch.</summary>
/// <param name="Name">For people.</param>
/// <param name="Client">librdkafka's settings: <c>bootstrap.servers</c>, and what TLS and SASL need.</param>
internal sealed record ClusterSettings(string Name, IReadOnlyDictionary<string, string> Client)
{
    public const string BootstrapServers = "bootstrap.servers";

    /// <summary>The addresses that it is configured with.</summary>
    public IReadOnlyList<string> Servers => Client.TryGetValue(BootstrapServers, out var servers)
        ? servers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [];
}
