using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;

namespace Throughline.Benchmarks.Reporting;

/// <summary>A line per row on the console, with how many are left.</summary>
internal sealed class Progress : EventProcessor
{
    private int _rows;
    private int _done;

    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions)
    {
        _rows = partitions.Sum(partition => partition.Benchmarks.Length);
        Console.Error.WriteLine($"{_rows} rows; building them as BenchmarkDotNet wants them");
    }

    public override void OnBuildComplete(BuildPartition partition, BuildResult buildResult)
    {
        if (!buildResult.IsBuildSuccess)
        {
            Console.Error.WriteLine($"the build failed: {buildResult.ErrorMessage}");
        }
    }

    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        var measured = report.Success ? Measurement.Of(report).ToString() : $"{benchmarkCase.DisplayInfo}: failed";
        Console.Error.WriteLine($"{++_done,3}/{_rows} {measured}");
    }
}
