namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// When one of several partitions, or a key, stands out. Each rule wants both: that the difference matters, and that chance
/// would not make it.
/// </summary>
internal static class Unevenness
{
    /// <summary>From how many times the others on a difference matters.</summary>
    public const double RatioMin = 2;

    /// <summary>Pearson's residual of a count, from which on it is no chance.</summary>
    public const double ResidualMin = 4;

    /// <summary>Robust z-score, from which on a value is an outlier (Iglewicz and Hoaglin, 1993).</summary>
    public const double RobustMin = 3.5;

    /// <summary>Spans, or records, that have to be there before counts are compared.</summary>
    public const double SeenMin = 100;

    /// <summary>Values in a partition before its percentile is compared.</summary>
    public const double ValuesMin = 20;

    /// <summary>Where others are not behind at all, any lag would stand out; less than a record on average is none.</summary>
    public const double RecordsBehindMin = 1;

    public static readonly string CountRule =
        $"records at least {RatioMin} times the other partitions' mean, and (n - expected) / sqrt(expected (1 - 1/partitions)) "
        + $"at least {ResidualMin}; from {SeenMin} records on";

    public static readonly string ValueRule =
        $"at least {RatioMin} times the partitions' median, and from three partitions on 0.6745 (x - median) / MAD at least "
        + $"{RobustMin}; partitions with at least {ValuesMin} values";

    public static readonly string KeyRule =
        "the lower end of the 99.9 % Wilson interval of the key's share, without what may be miscounted, is above 1 / partitions: "
        + $"the key alone is more than a partition's fair share; from {SeenMin} keys on";

    private const double ToSigma = 0.6745;

    /// <summary>How a count compares with those of the other partitions.</summary>
    /// <param name="counts">What was seen: weights make no evidence.</param>
    /// <param name="index">Which one.</param>
    public static Comparison Count(IReadOnlyList<double> counts, int index)
    {
        var total = counts.Sum();
        if (counts.Count < 2 || total < SeenMin)
        {
            return default;
        }

        var others = (total - counts[index]) / (counts.Count - 1);
        var expected = total / counts.Count;
        var residual = (counts[index] - expected) / Math.Sqrt(expected * (1 - (1.0 / counts.Count)));
        var ratio = others > 0 ? counts[index] / others : double.PositiveInfinity;
        return new Comparison(others, ratio, residual, ratio >= RatioMin && residual >= ResidualMin);
    }

    /// <summary>How a value compares with those of all partitions.</summary>
    public static Comparison Value(IReadOnlyList<double> values, int index)
    {
        if (values.Count < 2)
        {
            return default;
        }

        // With two there is no scatter to compare with: the other one is what is typical.
        var typical = values.Count == 2 ? values[1 - index] : Median(values);
        var ratio = typical > 0 ? values[index] / typical : values[index] > 0 ? double.PositiveInfinity : 1;
        if (values.Count == 2)
        {
            return new Comparison(typical, ratio, null, ratio >= RatioMin);
        }

        var scatter = Median([.. values.Select(value => Math.Abs(value - typical))]);
        var score = scatter > 0 ? ToSigma * (values[index] - typical) / scatter
            : values[index] > typical ? double.PositiveInfinity
            : 0;
        return new Comparison(typical, ratio, score, ratio >= RatioMin && score >= RobustMin);
    }

    /// <summary>The lower end of the Wilson score interval of a share.</summary>
    public static double ShareMin(double times, double total)
    {
        const double z = 3.2905;
        if (total <= 0)
        {
            return 0;
        }

        var share = times / total;
        var middle = share + (z * z / (2 * total));
        var half = z * Math.Sqrt((share * (1 - share) / total) + (z * z / (4 * total * total)));
        return Math.Max(0, (middle - half) / (1 + (z * z / total)));
    }

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <param name="Typical">What it was compared with.</param>
    /// <param name="Ratio">To that.</param>
    /// <param name="Score">The statistic; null where there is none for so few.</param>
    /// <param name="StandsOut">Both thresholds are passed.</param>
    internal readonly record struct Comparison(double Typical, double Ratio, double? Score, bool StandsOut);
}
