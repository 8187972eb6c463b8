using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Dashboard.Internal.Charts;

/// <summary>The points in time of a trend: how long one is, and where each begins.</summary>
/// <param name="Point">To ask answers over time for.</param>
/// <param name="Times">Unix nanoseconds, oldest first.</param>
internal sealed record TrendAxis(RollupTier Point, IReadOnlyList<long> Times)
{
    // Of what began a short while ago, that much is shown.
    private const int PointsMin = 15;

    // Fewer are too coarse to see anything, more too narrow.
    private const int PointsMax = 150;

    private const long MinuteNs = 60_000_000_000;

    /// <param name="range">The time that a page is about.</param>
    /// <param name="minutesFromUnixNs">From when on the server has minutes; before there are hours.</param>
    public static TrendAxis Of(TimeRange range, long minutesFromUnixNs)
    {
        var finest = range.FromUnixNs <= minutesFromUnixNs ? RollupTier.Hour : RollupTier.Minute;
        var minutes = (range.ToUnixNs - range.FromUnixNs) / MinuteNs;
        var point = RollupTier.All.FirstOrDefault(
            tier => tier.Minutes >= finest.Minutes && minutes / tier.Minutes <= PointsMax, RollupTier.Day);
        var length = point.Minutes * MinuteNs;
        var times = new List<long>();
        for (var time = range.FromUnixNs - (range.FromUnixNs % length); time < range.ToUnixNs; time += length)
        {
            times.Add(time);
        }

        return new TrendAxis(point, times);
    }

    /// <summary>Seconds of one point.</summary>
    public double PointSeconds => Point.Minutes * 60.0;

    /// <summary>The same from the first time on that something is known of: what is before it would only be empty.</summary>
    public TrendAxis Since(long? firstUnixNs)
    {
        var empty = firstUnixNs is { } first && IndexOf(first) is { } index ? Math.Min(index, Times.Count - PointsMin) : 0;
        return empty > 0 ? this with { Times = [.. Times.Skip(empty)] } : this;
    }

    /// <summary>A value for each point; null where there is none.</summary>
    public double?[] Values<T>(IEnumerable<T> rows, Func<T, long> timeOf, Func<T, double?> valueOf)
    {
        var values = new double?[Times.Count];
        foreach (var row in rows)
        {
            if (IndexOf(timeOf(row)) is { } index && valueOf(row) is { } value)
            {
                values[index] = (values[index] ?? 0) + value;
            }
        }

        return values;
    }

    /// <summary>The same of counts: between two points that are known, nothing was counted. Before and after nobody knows.</summary>
    public double?[] Counts<T>(IEnumerable<T> rows, Func<T, long> timeOf, Func<T, double?> countOf)
    {
        var values = Values(rows, timeOf, countOf);
        var first = Array.FindIndex(values, static value => value is not null);
        for (var i = Math.Max(0, first); i < Array.FindLastIndex(values, static value => value is not null); i++)
        {
            values[i] ??= 0;
        }

        return values;
    }

    /// <summary>Whether there is more than one point: of one, nothing can be seen.</summary>
    public static bool IsTrend(IReadOnlyList<double?>? values) => values?.Count(static value => value is not null) > 1;

    private int? IndexOf(long unixNs)
    {
        if (Times.Count == 0 || unixNs < Times[0])
        {
            return null;
        }

        var index = (unixNs - Times[0]) / (Point.Minutes * MinuteNs);
        return index < Times.Count ? (int)index : null;
    }
}
