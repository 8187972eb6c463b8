using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Records;

/// <summary>
/// Whether two spans speak of the same cluster: by its id, else by server addresses, else by deployment environment,
/// whichever is the first that both tell. An offset means nothing outside of its cluster.
/// </summary>
internal static class ClusterScope
{
    public static bool IsShared(SpanFacts one, SpanFacts other)
    {
        var (a, b) = (one.Messaging, other.Messaging);
        if (a?.ClusterId is { } id && b?.ClusterId is { } otherId)
        {
            return id == otherId;
        }

        if (a?.Server is { } servers && b?.Server is { } otherServers)
        {
            return HaveOneInCommon(servers, otherServers);
        }

        return one.Source.Environment == other.Source.Environment;
    }

    /// <summary>Positive evidence that these are two clusters; what is not told is none.</summary>
    public static bool Differs(SpanFacts one, SpanFacts other) =>
        one.Messaging?.ClusterId is { } id && other.Messaging?.ClusterId is { } otherId && id != otherId;

    /// <summary>What tells one cluster from another in the keys of tables; null where nothing does.</summary>
    public static string? NameOf(SpanFacts span) =>
        span.Messaging?.ClusterId ?? span.Messaging?.Server ?? span.Source.Environment;

    // Several bootstrap servers are one text: a:9092,b:9092.
    private static bool HaveOneInCommon(string servers, string others)
    {
        if (servers == others)
        {
            return true;
        }

        foreach (var range in servers.AsSpan().Split(','))
        {
            var server = servers.AsSpan()[range].Trim();
            foreach (var otherRange in others.AsSpan().Split(','))
            {
                if (server.Equals(others.AsSpan()[otherRange].Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
