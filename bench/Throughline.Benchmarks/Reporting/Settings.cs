using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;
using Throughline.Benchmarks.Peer;

namespace Throughline.Benchmarks.Reporting;

/// <summary>How BenchmarkDotNet runs: a process a row, each of about two seconds, medians of fifteen rounds.</summary>
internal static class Settings
{
    private const int Warmups = 6;
    private const int Rounds = 15;
    private const int RoundMilliseconds = 100;

    /// <summary>For somebody who looks at a few rows: BenchmarkDotNet's own output.</summary>
    internal static IConfig Interactive() => Common(ManualConfig.Create(DefaultConfig.Instance));

    /// <summary>For all rows: its output goes to a file, its progress to the console.</summary>
    internal static IConfig Full(ILogger log) => Common(ManualConfig.CreateEmpty())
        .AddLogger(log)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddEventProcessor(new Progress());

    private static ManualConfig Common(ManualConfig config) => config
        .AddJob(Job.Default
            .WithWarmupCount(Warmups)
            .WithIterationCount(Rounds)
            .WithIterationTime(TimeInterval.FromMilliseconds(RoundMilliseconds)))
        .AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)))
        .AddFilter(new SimpleFilter(row => PeerInstrumentation.IsThere || row.Descriptor.WorkloadMethod.Name != "Peer"));
}
