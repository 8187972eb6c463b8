namespace Throughline.Cli.Demo.Kafka;

/// <summary>Where the demo's records go.</summary>
internal sealed record DemoTopic(string BootstrapServers, string Name, string Group)
{
    /// <summary>How long a fetch may be held back when there is nothing to fetch; null for the client's default.</summary>
    public TimeSpan? FetchWaitMax { get; init; }
}
