using BenchmarkDotNet.Reports;

namespace Throughline.Benchmarks.Reporting;

/// <summary>One row: a contender in a situation.</summary>
internal sealed record Measurement(
    string Benchmark, string Situation, string Contender, double Nanoseconds, double LowerQuartile, double UpperQuartile, double Bytes)
{
    internal static Measurement Of(BenchmarkReport report)
    {
        var row = report.BenchmarkCase;
        var times = report.ResultStatistics!;
        return new(
            row.Descriptor.Type.Name.Replace("Benchmarks", string.Empty, StringComparison.Ordinal),
            row.Parameters.Items.SingleOrDefault()?.Value?.ToString() ?? string.Empty,
            row.Descriptor.WorkloadMethod.Name,
            times.Median,
            times.Q1,
            times.Q3,
            report.GcStats.GetBytesAllocatedPerOperation(row) ?? 0);
    }

    public override string ToString() => $"{Benchmark} {Situation} {Contender}: {Nanoseconds:F0} ns, {Bytes:F0} B";
}
