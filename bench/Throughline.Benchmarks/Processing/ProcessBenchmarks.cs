using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Throughline.Benchmarks.Clients;
using Throughline.Benchmarks.Extracts;
using Throughline.Benchmarks.Listening;
using Throughline.Kafka;

namespace Throughline.Benchmarks.Processing;

/// <summary>One record: extract its context, make it current with a span, run a handler that does nothing, end.</summary>
public class ProcessBenchmarks
{
    private TracingConsumer<string, string> _throughline = null!;
    private TracedRecords _records = null!;
    private IDisposable? _listener;

    [ParamsAllValues]
    public Received Received { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        Listeners.SetPropagators();
        _listener = Received >= Received.Unsampled ? Listeners.Spans(sampleRoots: true) : null;
        _records = new TracedRecords(
            Received switch
            {
                Received.UnlistenedWithoutContext => Carried.Nothing,
                Received.SampledWithBaggage => Carried.Baggage,
                _ => Carried.TraceParent,
            },
            isSampled: Received >= Received.Sampled);
        _throughline = Traced.Consumer(_records.Next());
    }

    [GlobalCleanup]
    public void TakeDown()
    {
        if (Activity.Current is { } left)
        {
            throw new InvalidOperationException($"'{left.DisplayName}' is still current after the benchmark.");
        }

        _listener?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Activity? ByHand()
    {
        using var activity = HandWrittenProcess.Start(_records.Next());
        return activity;
    }

    [Benchmark]
    public Activity? Throughline()
    {
        using var scope = _throughline.StartProcess(_records.Next());
        return scope.Activity;
    }
}
