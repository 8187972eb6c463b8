using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Journeys;

/// <summary>What was logged along a journey, by time.</summary>
/// <param name="All">The logs.</param>
/// <param name="IsCutShort">There are more, or traces that were not asked for theirs.</param>
internal sealed record JourneyLogs(IReadOnlyList<StoredLog> All, bool IsCutShort)
{
    private const int TracesMax = 50;
    private const int LogsMax = 5_000;

    public static JourneyLogs None { get; } = new([], false);

    public static JourneyLogs Read(ISpanStore store, IReadOnlyCollection<TraceId> traces, CancellationToken cancellationToken)
    {
        var logs = new List<StoredLog>();
        foreach (var trace in traces.Take(TracesMax))
        {
            logs.AddRange(store.Logs(trace, LogsMax - logs.Count, cancellationToken));
            if (logs.Count >= LogsMax)
            {
                return new(ByTime(logs), true);
            }
        }

        return new(ByTime(logs), traces.Count > TracesMax);
    }

    public IEnumerable<StoredLog> Of(SpanFacts span) =>
        All.Where(log => log.Facts.SpanId == span.SpanId && log.Facts.TraceId == span.TraceId);

    private static List<StoredLog> ByTime(List<StoredLog> logs)
    {
        logs.Sort(static (one, other) => one.Facts.TimeUnixNs.CompareTo(other.Facts.TimeUnixNs));
        return logs;
    }
}
