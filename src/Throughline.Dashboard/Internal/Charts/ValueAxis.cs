namespace Throughline.Dashboard.Internal.Charts;

/// <summary>An axis of times that differ by orders of magnitude: logarithmic, from the least to the most.</summary>
/// <param name="Min">Nanoseconds, more than zero.</param>
/// <param name="Max">More than <paramref name="Min"/>.</param>
internal sealed record ValueAxis(double Min, double Max)
{
    /// <summary>What is shorter counts as this: there is no logarithm of nothing.</summary>
    public const double Least = 1000;

    /// <summary>Of the axis, at both ends: a dot on the edge would be half a dot.</summary>
    private const double Margin = 0.03;

    public static ValueAxis Of(IEnumerable<double> values)
    {
        var (min, max) = (double.MaxValue, 0.0);
        foreach (var value in values)
        {
            min = Math.Min(min, Math.Max(Least, value));
            max = Math.Max(max, Math.Max(Least, value));
        }

        // A picture of equal values has them in its middle.
        return max == 0 ? new ValueAxis(Least, Least * 1e6)
            : max < min * 2 ? new ValueAxis(min / 2, max * 2)
            : new ValueAxis(min / Math.Pow(max / min, Margin), max * Math.Pow(max / min, Margin));
    }

    /// <summary>From 0 to 1.</summary>
    public double Place(double value) =>
        Math.Clamp(Math.Log(Math.Max(Min, value) / Min) / Math.Log(Max / Min), 0, 1);

    /// <summary>The value at a place.</summary>
    public double At(double place) => Min * Math.Pow(Max / Min, place);
}
