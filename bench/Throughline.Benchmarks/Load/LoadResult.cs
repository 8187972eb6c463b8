namespace Throughline.Benchmarks.Load;

/// <summary>What one run of one contender came to.</summary>
/// <param name="RecordsPerSecond">Sent, acknowledged and handled, as fast as it went.</param>
/// <param name="CpuMicroseconds">Of the sending and consuming process, a record; the broker's are its own.</param>
/// <param name="Bytes">Allocated by that process, a record.</param>
/// <param name="P50Milliseconds">From Produce to the handler, at a steady rate.</param>
/// <param name="P99Milliseconds">The same.</param>
internal sealed record LoadResult(double RecordsPerSecond, double CpuMicroseconds, double Bytes, double P50Milliseconds, double P99Milliseconds)
{
    /// <summary>Each figure's own median.</summary>
    internal static LoadResult MedianOf(IReadOnlyCollection<LoadResult> runs) => new(
        Median(runs, run => run.RecordsPerSecond),
        Median(runs, run => run.CpuMicroseconds),
        Median(runs, run => run.Bytes),
        Median(runs, run => run.P50Milliseconds),
        Median(runs, run => run.P99Milliseconds));

    private static double Median(IReadOnlyCollection<LoadResult> runs, Func<LoadResult, double> figure)
    {
        double[] sorted = [.. runs.Select(figure).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
