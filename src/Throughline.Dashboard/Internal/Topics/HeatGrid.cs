using System.Globalization;
using System.Text;
using Throughline.Dashboard.Internal.Charts;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>A number for each partition and point in time.</summary>
/// <param name="Measure">What the numbers are.</param>
/// <param name="Axis">The columns.</param>
/// <param name="Rows">By partition, in their order; those with the largest numbers, if there are very many.</param>
/// <param name="LeftOut">Partitions that are not among them.</param>
internal sealed record HeatGrid(HeatMeasure Measure, TrendAxis Axis, IReadOnlyList<HeatRow> Rows, int LeftOut)
{
    public const int Steps = 8;

    // A page is sent each second while it follows.
    private const int CellsMax = 4000;

    private const int RowsMax = 64;

    public double Max { get; } = LinePath.Top(Rows.SelectMany(static row => row.Values));

    public bool IsEmpty => Rows.All(static row => row.Values.All(static value => value is null));

    /// <param name="measure">What to show.</param>
    /// <param name="axis">The columns.</param>
    /// <param name="waits">Latency by partition, over time.</param>
    /// <param name="flow">By partition, over time.</param>
    public static HeatGrid Of(HeatMeasure measure, TrendAxis axis, IReadOnlyList<LatencyRow> waits, IReadOnlyList<FlowRow> flow)
    {
        var told = flow.Any(static row => row.Sent is not null);
        var rows = measure == HeatMeasure.Wait
            ? waits.Where(static row => row.Lag is not null)
                .GroupBy(static row => row.Partition ?? -1)
                .Select(partition => new HeatRow(partition.Key, Longest(axis, partition)))
            : flow.GroupBy(static row => row.Partition ?? -1)
                .Select(partition => new HeatRow(
                    partition.Key,
                    axis.Counts(
                        partition,
                        static row => row.Time,
                        row => measure == HeatMeasure.Errors ? row.Failed : (told ? row.Sent : row.Processed) / axis.PointSeconds)));
        var all = rows.ToList();
        var max = Math.Max(1, Math.Min(RowsMax, CellsMax / Math.Max(1, axis.Times.Count)));
        var shown = all.OrderByDescending(static row => row.Values.Max() ?? -1).Take(max).OrderBy(static row => row.Partition).ToList();
        return new HeatGrid(measure, axis, shown, all.Count - shown.Count);
    }

    /// <summary>1 to <see cref="Steps"/>; 0 for nothing, and for what nobody knows.</summary>
    public int StepOf(double? value) => value switch
    {
        null or <= 0 => 0,

        // Waits differ by orders of magnitude: each step is twice the one before.
        { } wait when Measure == HeatMeasure.Wait => Math.Clamp(Steps - (int)Math.Floor(Math.Log2(Max / wait)), 1, Steps),
        { } count => Math.Clamp((int)Math.Ceiling(Steps * count / Max), 1, Steps),
    };

    /// <summary>The largest number of a step.</summary>
    public double LimitOf(int step) => Measure == HeatMeasure.Wait ? Max / Math.Pow(2, Steps - step) : Max * step / Steps;

    /// <summary>All cells of a step, a column and a row being one wide and high.</summary>
    public string PathOf(int step)
    {
        var path = new StringBuilder();
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var column = 0; column < Axis.Times.Count; column++)
            {
                if (Rows[row].Values[column] is { } value && StepOf(value) == step)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
                }
            }
        }

        return path.ToString();
    }

    public string Show(double? value) => Measure switch
    {
        HeatMeasure.Wait => Words.Duration(value),
        HeatMeasure.Rate => Words.Rate(value),
        _ => Words.Count(value),
    };

    /// <summary>Of groups, each of which has its own: percentiles cannot be added.</summary>
    private static double?[] Longest(TrendAxis axis, IEnumerable<LatencyRow> rows) => axis.Values(
        rows.GroupBy(static row => row.Time).Select(static point => point.MaxBy(static row => row.Lag!.P95)!),
        static row => row.Time,
        static row => row.Lag!.P95);
}
