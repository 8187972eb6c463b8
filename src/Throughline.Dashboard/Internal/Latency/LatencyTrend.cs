using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Dashboard.Internal.Latency;

/// <summary>Rows of one thing over time, at equal distances; null where nothing happened.</summary>
/// <param name="Times">Unix nanoseconds.</param>
/// <param name="Rows">As many.</param>
internal sealed record LatencyTrend(IReadOnlyList<long> Times, IReadOnlyList<LatencyRow?> Rows)
{
    private const long MinuteNs = 60_000_000_000;
    private const int PointsMax = 200;
    private const int MinutesKept = 24 * 60;

    /// <summary>How long a point is where a range is shown.</summary>
    /// <param name="range">What is shown.</param>
    /// <param name="nowUnixNs">What is older than a day is kept by the hour only.</param>
    public static RollupTier PointOf(TimeRange range, long nowUnixNs)
    {
        var minutes = (range.ToUnixNs - range.FromUnixNs) / MinuteNs;
        var isOld = nowUnixNs - range.FromUnixNs > MinutesKept * MinuteNs;
        return RollupTier.All.FirstOrDefault(tier => (tier.IsKeptLong || !isOld) && minutes / tier.Minutes <= PointsMax) ?? RollupTier.Day;
    }

    public static LatencyTrend Of(TimeRange range, RollupTier point, IEnumerable<LatencyRow> rows)
    {
        var step = point.Minutes * MinuteNs;
        var byTime = rows.ToLookup(row => row.Time - (row.Time % step));
        var times = new List<long>();
        for (var time = range.FromUnixNs - (range.FromUnixNs % step); time < range.ToUnixNs && times.Count <= PointsMax + 1; time += step)
        {
            times.Add(time);
        }

        return new LatencyTrend(times, [.. times.Select(time => byTime[time].FirstOrDefault())]);
    }

    public IReadOnlyList<double?> Values(Func<LatencyRow, double?> of) => [.. Rows.Select(row => row is null ? null : of(row))];
}
