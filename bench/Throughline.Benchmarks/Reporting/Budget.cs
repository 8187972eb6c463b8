using Throughline.Benchmarks.Pairs;

namespace Throughline.Benchmarks.Reporting;

/// <summary>One line of the design's budgets: what is held against what, and how far it may go.</summary>
/// <param name="What">The budget's words.</param>
/// <param name="Unit">Time or bytes.</param>
/// <param name="Target">The highest ratio, or the largest difference, allowed.</param>
/// <param name="IsRatio">Whether the two are divided; else they are subtracted.</param>
/// <param name="Pair">The two.</param>
internal sealed record Budget(string What, Unit Unit, double Target, bool IsRatio, Pair Pair)
{
    internal string Text(double value) => (IsRatio, Unit) switch
    {
        (true, _) => $"{value:F2}×",
        (_, Unit.Time) => $"{value:F1} ns more",
        _ => $"{value:F0} B more",
    };

    /// <summary>From the rows for bytes, which are exact; in turns for time.</summary>
    /// <returns><see langword="null"/> when a row is missing, as the peer's are where there is none.</returns>
    internal double? Measure(Measurements run)
    {
        if (run.Of(Pair.Benchmark, Pair.Situation, Pair.Ours) is not { } ours
            || run.Of(Pair.Benchmark, Pair.Situation, Pair.Theirs) is not { } theirs)
        {
            return null;
        }

        if (Unit == Unit.Bytes)
        {
            return IsRatio ? ours.Bytes / theirs.Bytes : ours.Bytes - theirs.Bytes;
        }

        var times = PairProcess.Run(Pair);
        return IsRatio ? times.Ratio : times.Difference;
    }
}
