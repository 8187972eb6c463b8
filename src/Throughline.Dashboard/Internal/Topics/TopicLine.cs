using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>One topic at a glance. What nobody told is null.</summary>
/// <param name="Sent">Records sent over the time shown.</param>
/// <param name="Basis">What they are counted from.</param>
/// <param name="PerSecond">Of <paramref name="Sent"/>, from the first of them on.</param>
/// <param name="SentTrend">For each point of the page's axis.</param>
/// <param name="EndToEnd">Of hops, in nanoseconds.</param>
/// <param name="SlowTrend">The 99th percentile of it.</param>
/// <param name="Lag">From the record to where its processing begins, nanoseconds.</param>
/// <param name="Failed">Sends and processings that failed.</param>
/// <param name="FailedTrend">The same over time.</param>
/// <param name="Behind">Records that the group which is furthest behind has not read.</param>
/// <param name="BehindGroup">That group.</param>
/// <param name="Orphans">Spans without a parent or creation context.</param>
/// <param name="OrphanTrend">The same over time.</param>
/// <param name="Lost">With positive evidence.</param>
/// <param name="LostTrend">The same over time, as far as one point tells.</param>
internal sealed record TopicLine(
    string Cluster,
    string Topic,
    double? Sent,
    LedgerBasis Basis,
    double? PerSecond,
    double?[] SentTrend,
    Distribution? EndToEnd,
    double?[] SlowTrend,
    Distribution? Lag,
    double Failed,
    double?[] FailedTrend,
    double? Behind,
    string? BehindGroup,
    double Orphans,
    double?[] OrphanTrend,
    double? Lost,
    double?[] LostTrend);
