using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Latency;

/// <summary>What the screen shows.</summary>
/// <param name="By">Of what a row is.</param>
/// <param name="All">Everything that is wanted, as one; null where there is nothing.</param>
/// <param name="Trend">The same over time.</param>
/// <param name="Rows">One a group, partition or path.</param>
/// <param name="Trends">The 99th percentile of each row's end to end over time, by its name.</param>
/// <param name="IsCutShort">There are more rows.</param>
/// <param name="Slowest">The slowest hops.</param>
internal sealed record LatencyView(
    LatencyBy By,
    LatencyRow? All,
    LatencyTrend Trend,
    IReadOnlyList<LatencyRow> Rows,
    IReadOnlyDictionary<string, LatencyTrend> Trends,
    bool IsCutShort,
    IReadOnlyList<SlowHop> Slowest);
