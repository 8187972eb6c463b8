using System.Collections.Frozen;

namespace Throughline.Server.Internal.Otlp;

/// <summary>The metrics that the analyses read: those of this project's libraries. All others are counted and dropped.</summary>
internal static class ReadMetrics
{
    private const string OwnPrefix = "throughline.";

    private static readonly FrozenSet<string> Messaging = FrozenSet.ToFrozenSet(
    [
        "messaging.client.operation.duration",
        "messaging.client.sent.messages",
        "messaging.client.consumed.messages",
        "messaging.process.duration",
    ]);

    public static bool Contains(string metric) =>
        Messaging.Contains(metric) || metric.StartsWith(OwnPrefix, StringComparison.Ordinal);
}
