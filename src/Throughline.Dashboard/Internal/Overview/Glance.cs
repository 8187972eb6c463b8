using Throughline.Dashboard.Internal.Charts;
using Throughline.Dashboard.Internal.Topics;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Overview;

/// <summary>What the overview shows. What nobody told is null.</summary>
/// <param name="Axis">Of all trends.</param>
/// <param name="Topics">A line each.</param>
/// <param name="Lags">How far groups are behind.</param>
/// <param name="Flow">By topic, over time.</param>
/// <param name="PerSecond">Records sent.</param>
/// <param name="Latency">Of everything.</param>
/// <param name="LatencyTrend">The same over time.</param>
/// <param name="Lost">With positive evidence.</param>
/// <param name="NotSeen">Without.</param>
/// <param name="Orphans">Spans without a parent or creation context.</param>
/// <param name="LookFirst">What is wrong.</param>
/// <param name="IsCutShort">There was more than fits.</param>
internal sealed record Glance(
    TrendAxis Axis,
    IReadOnlyList<TopicLine> Topics,
    IReadOnlyList<GroupLag> Lags,
    IReadOnlyList<FlowRow> Flow,
    double? PerSecond,
    LatencyRow? Latency,
    IReadOnlyList<LatencyRow> LatencyTrend,
    double? Lost,
    double? NotSeen,
    double Orphans,
    IReadOnlyList<LookItem> LookFirst,
    bool IsCutShort)
{
    public double? Sent => Flow.Any(static row => row.Sent is not null) ? Flow.Sum(static row => row.Sent ?? 0) : null;

    public double Failed => Flow.Sum(static row => row.Failed + row.SendFailed);

    /// <summary>The group that has most records before it; null where nobody told.</summary>
    public GroupLag? FurthestBehind => Lags.Where(static lag => lag.Records >= 1).MaxBy(static lag => lag.Records);

    /// <summary>Nothing came in the time shown.</summary>
    public bool IsEmpty => Topics.Count == 0 && Latency is null && Flow.Count == 0 && LookFirst.Count == 0;

    public double?[] Counts(Func<FlowRow, double?> countOf) => Axis.Counts(Flow, static row => row.Time, countOf);

    public double?[] Times(Func<LatencyRow, double?> timeOf) => Axis.Values(LatencyTrend, static row => row.Time, timeOf);
}
