using System.Text;
using Throughline.Benchmarks.Reporting;

namespace Throughline.Benchmarks.Load;

/// <summary>The report: ratios to the bare client of the same round first, then medians, then the machine.</summary>
internal static class LoadReport
{
    private const double PartlySampledTarget = 0.95;
    private const double AllSampledTarget = 0.80;

    internal static string Of(IReadOnlyDictionary<LoadContender, List<LoadResult>> runs, LoadOptions options, Machine machine)
    {
        var text = new StringBuilder();
        text.AppendLine("# End to end on a broker").AppendLine();
        text.AppendLine(
            $"{options.Records:N0} records a run, {options.Rounds} rounds in turns, producer and consumer in one process beside the "
            + "broker. What is measured, and how: [README](../README.md).").AppendLine();
        text.AppendLine("## Throughput beside the bare client, medians of the rounds' ratios").AppendLine();
        text.AppendLine("| | measured | target | |").AppendLine("|---|---|---|---|");
        foreach (var (contender, own) in runs.Where(run => run.Key != LoadContender.Bare))
        {
            var ratio = Median(own.Zip(runs[LoadContender.Bare], (ours, bare) => ours.RecordsPerSecond / bare.RecordsPerSecond));
            text.AppendLine($"| {contender.Name} | {ratio:F2}× | {Verdict(contender, ratio)} |");
        }

        text.AppendLine().AppendLine("## Medians").AppendLine();
        text.AppendLine("| | records/s | CPU a record | allocated a record | end to end p50 | p99 |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var (contender, own) in runs)
        {
            var median = LoadResult.MedianOf(own);
            text.AppendLine(
                $"| {contender.Name} | {median.RecordsPerSecond:N0} | {median.CpuMicroseconds:F1} µs | {median.Bytes:F0} B | "
                + $"{median.P50Milliseconds:F1} ms | {median.P99Milliseconds:F1} ms |");
        }

        text.AppendLine().AppendLine("## Machine").AppendLine().AppendLine("| | |").AppendLine("|---|---|");
        foreach (var (name, value) in machine.Facts)
        {
            text.AppendLine($"| {name} | {value} |");
        }

        return text.ToString();
    }

    internal static string Row(LoadResult result) =>
        $"{result.RecordsPerSecond,9:N0} records/s  {result.CpuMicroseconds,6:F1} µs  {result.Bytes,6:F0} B  p99 {result.P99Milliseconds,6:F1} ms";

    private static string Verdict(LoadContender contender, double ratio)
    {
        if (!contender.IsTraced)
        {
            return "– | what a header takes";
        }

        var target = contender.Sampling >= 1 ? AllSampledTarget : PartlySampledTarget;
        return $"≥ {target:F2}× | {(ratio >= target ? "met" : "**missed**")}";
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
