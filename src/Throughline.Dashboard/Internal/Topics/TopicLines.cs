using Throughline.Dashboard.Internal.Charts;
using Throughline.Dashboard.Internal.Ledger;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>Makes a line of each topic of what several answers say of it.</summary>
internal sealed class TopicLines(TimeRange range, TrendAxis axis)
{
    private const double NsPerSecond = 1e9;

    /// <summary>Those with losses first, then those with most records.</summary>
    /// <param name="flow">By topic, over time.</param>
    /// <param name="latency">By topic.</param>
    /// <param name="slow">By topic, over time.</param>
    /// <param name="ledger">Of all groups.</param>
    /// <param name="lags">Of all groups.</param>
    public IReadOnlyList<TopicLine> Of(
        IReadOnlyList<FlowRow> flow,
        IReadOnlyList<LatencyRow> latency,
        IReadOnlyList<LatencyRow> slow,
        IReadOnlyList<LedgerRow> ledger,
        IReadOnlyList<GroupLag> lags)
    {
        var flows = flow.ToLookup(static row => (row.Cluster, row.Topic));
        var latencies = latency.ToDictionary(static row => (row.Cluster!, row.Topic!));
        var slows = slow.ToLookup(static row => (row.Cluster!, row.Topic!));
        var ledgers = ledger.ToLookup(static row => (row.Cluster, row.Topic));
        var behind = lags.ToLookup(static lag => (lag.Cluster, lag.Topic));
        return
        [
            .. flows.Select(static topic => topic.Key)
                .Union(latencies.Keys)
                .Union(ledgers.Select(static topic => topic.Key))
                .Where(static topic => topic.Item2.Length > 0)
                .Select(topic => Line(
                    topic.Item1,
                    topic.Item2,
                    [.. flows[topic]],
                    latencies.GetValueOrDefault(topic),
                    slows[topic],
                    [.. ledgers[topic]],
                    behind[topic].MaxBy(static lag => lag.Records)))
                .OrderByDescending(static line => line.Lost > 0)
                .ThenByDescending(static line => line.Sent ?? line.EndToEnd?.Count ?? 0),
        ];
    }

    /// <summary>By second, from the first that is known to the end of the time shown.</summary>
    public double? PerSecond(IEnumerable<FlowRow> flow)
    {
        var told = flow.Where(static row => row.Sent > 0).ToList();
        if (told.Count == 0)
        {
            return null;
        }

        var from = Math.Max(range.FromUnixNs, told.Min(static row => row.Time));
        return told.Sum(static row => row.Sent ?? 0) / Math.Max(axis.PointSeconds, (range.ToUnixNs - from) / NsPerSecond);
    }

    private TopicLine Line(
        string cluster,
        string topic,
        IReadOnlyList<FlowRow> flow,
        LatencyRow? latency,
        IEnumerable<LatencyRow> slow,
        IReadOnlyCollection<LedgerRow> ledger,
        GroupLag? behind)
    {
        var isTold = flow.Any(static row => row.Sent is not null);
        return new TopicLine(
            cluster,
            topic,
            isTold ? flow.Sum(static row => row.Sent ?? 0) : null,
            flow.LastOrDefault(static row => row.Sent is not null)?.SentBasis ?? LedgerBasis.None,
            PerSecond(flow),
            axis.Counts(flow, static row => row.Time, static row => row.Sent),
            latency?.EndToEnd,
            axis.Values(slow, static row => row.Time, static row => row.EndToEnd?.P99),
            latency?.Lag,
            flow.Sum(static row => row.Failed + row.SendFailed),
            axis.Counts(flow, static row => row.Time, static row => row.Failed + row.SendFailed),
            behind?.Records,
            behind?.Group,
            flow.Sum(static row => row.Orphans),
            axis.Counts(flow, static row => row.Time, static row => row.Orphans),
            ledger.Count == 0 ? null : LossCount.OfTopic(ledger),
            axis.Counts(flow, static row => row.Time, static row => row.Lost));
    }
}
