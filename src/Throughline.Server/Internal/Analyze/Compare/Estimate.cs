namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>A number from a sample, and between what it is with a certainty of 99.9 %.</summary>
internal readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Of the normal distribution, two-sided: there are many values, and chance must not find one among them.</summary>
    public const double Z = 3.2905;

    /// <summary>More than chance makes it.</summary>
    public bool IsCertain => Low > 0 || High < 0;

    /// <summary>What it is at least, whatever its direction; 0 where it may be nothing.</summary>
    public double AtLeast => Low > 0 ? Low : High < 0 ? -High : 0;

    /// <summary>A share, with its Wilson interval.</summary>
    public static Estimate Share(double times, double total, double z = Z)
    {
        if (total <= 0)
        {
            return new Estimate(0, 0, 1);
        }

        var share = times / total;
        var middle = share + (z * z / (2 * total));
        var half = z * Math.Sqrt((share * (1 - share) / total) + (z * z / (4 * total * total)));
        var whole = 1 + (z * z / total);
        return new Estimate(share, Math.Max(0, (middle - half) / whole), Math.Min(1, (middle + half) / whole));
    }

    /// <summary>How much one share is above another (Newcombe, 1998: method 10, from both Wilson intervals).</summary>
    public static Estimate Difference(Estimate one, Estimate other)
    {
        var difference = one.Value - other.Value;
        return new Estimate(
            difference,
            difference - Math.Sqrt(Square(one.Value - one.Low) + Square(other.High - other.Value)),
            difference + Math.Sqrt(Square(one.High - one.Value) + Square(other.Value - other.Low)));
    }

    /// <summary>A quantile, with the interval that its rank has (binomial, as normal).</summary>
    /// <param name="sorted">At least one, ascending.</param>
    /// <param name="quantile">From 0 to 1.</param>
    public static Estimate Quantile(IReadOnlyList<double> sorted, double quantile)
    {
        var last = sorted.Count - 1;
        var half = Z * Math.Sqrt(sorted.Count * quantile * (1 - quantile));
        double At(double rank) => sorted[Math.Clamp((int)Math.Round(rank), 0, last)];
        return new Estimate(At(quantile * last), At((quantile * last) - half), At((quantile * last) + half));
    }

    private static double Square(double value) => value * value;
}
