using Throughline.Dashboard.Internal.Charts;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>How many took how long.</summary>
/// <param name="Axis">From left to right.</param>
/// <param name="Counts">Of parts of the axis of equal width, from left to right.</param>
internal sealed record DurationHistogram(ValueAxis Axis, IReadOnlyList<int> Counts)
{
    public const int Bars = 40;

    public static DurationHistogram Of(IReadOnlyCollection<double> values)
    {
        var axis = ValueAxis.Of(values);
        var counts = new int[Bars];
        foreach (var value in values)
        {
            counts[Math.Min(Bars - 1, (int)(axis.Place(value) * Bars))]++;
        }

        return new DurationHistogram(axis, counts);
    }

    public int Top => Math.Max(1, Counts.Max());
}
