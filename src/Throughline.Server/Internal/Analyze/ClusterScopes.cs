using System.Collections.Concurrent;

namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// Of which cluster something tells: the cluster's id where told, or where the address that it tells is known to be that
/// cluster's; else its deployment environment; else nobody knows. Topics of the same name are kept apart by it.
/// </summary>
internal sealed class ClusterScopes
{
    /// <summary>Addresses and environments that are remembered.</summary>
    public const int NamesMax = 10_000;

    /// <summary>Where nothing tells of a cluster.</summary>
    public const string Unknown = "";

    // What one name stood for; null when it stood for several.
    private readonly ConcurrentDictionary<string, string?> _byServer = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string?> _byEnvironment = new(StringComparer.Ordinal);

    /// <summary>Whether a scope is a cluster's id, rather than an environment or unknown.</summary>
    public static bool IsCluster(string scope) => scope.Length > 0 && scope[0] != '(';

    /// <summary>These addresses are that cluster's: somebody asked it.</summary>
    public void Learn(string cluster, IEnumerable<string> servers)
    {
        foreach (var server in servers)
        {
            Learn(_byServer, server, cluster);
        }
    }

    public string Of(string? cluster, string? server, string? environment)
    {
        if (cluster is { Length: > 0 })
        {
            Learn(_byServer, server, cluster);
            Learn(_byEnvironment, environment, cluster);
            return cluster;
        }

        if (server is not null && _byServer.GetValueOrDefault(server) is { } known)
        {
            return known;
        }

        if (environment is not { Length: > 0 })
        {
            return Unknown;
        }

        return _byEnvironment.GetValueOrDefault(environment) ?? $"({environment})";
    }

    private static void Learn(ConcurrentDictionary<string, string?> names, string? name, string cluster)
    {
        if (name is not { Length: > 0 })
        {
            return;
        }

        if (!names.TryGetValue(name, out var known))
        {
            if (names.Count < NamesMax)
            {
                names[name] = cluster;
            }
        }
        else if (known is not null && known != cluster)
        {
            names[name] = null;
        }
    }
}
