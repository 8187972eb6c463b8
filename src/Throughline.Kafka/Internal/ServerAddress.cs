namespace Throughline.Kafka.Internal;

/// <summary>
/// <c>server.address</c> and <c>server.port</c> from <c>bootstrap.servers</c>. Of several servers all are told, in the
/// order given and with their ports, since none of them is "the" server.
/// </summary>
internal readonly record struct ServerAddress(string? Address, int? Port)
{
    internal static ServerAddress Parse(string? bootstrapServers)
    {
        var servers = (bootstrapServers ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return servers.Length switch
        {
            0 => default,
            1 => ParseOne(servers[0]),
            _ => new ServerAddress(string.Join(',', servers.Select(WithoutProtocol)), null),
        };
    }

    private static ServerAddress ParseOne(string server)
    {
        server = WithoutProtocol(server);
        var colon = server.LastIndexOf(':');
        var isPort = colon > 0 && !server.EndsWith(']') && server.IndexOf(':', StringComparison.Ordinal) is var first
            && (first == colon || server[colon - 1] == ']');
        return isPort && int.TryParse(server.AsSpan(colon + 1), out var port)
            ? new ServerAddress(server[..colon].Trim('[', ']'), port)
            : new ServerAddress(server.Trim('[', ']'), null);
    }

    private static string WithoutProtocol(string server)
    {
        var scheme = server.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? server : server[(scheme + 3)..];
    }
}
