using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using OpenTelemetry.Context.Propagation;
using Throughline.Benchmarks.Listening;
using Throughline.Benchmarks.Peer;
using Throughline.Kafka;
using Throughline.Propagation;

namespace Throughline.Benchmarks.Extracts;

/// <summary>
/// Reads a record's context. <see cref="Throughline"/> parses and validates it and makes no strings;
/// <see cref="ThroughlineToActivityContext"/> also makes the ids that a span's parent needs, two strings of 144 B, as
/// <see cref="Peer"/> always does.
/// </summary>
public class ExtractBenchmarks
{
    private readonly PeerExtract _peer = PeerInstrumentation.Extract!;
    private TracedRecords _records = null!;

    [ParamsAllValues]
    public Carried Carried { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        Listeners.SetPropagators();
        _records = new TracedRecords(Carried);
    }

    [Benchmark(Baseline = true)]
    public string Bare() => _records.Next().Topic;

    [Benchmark]
    public ActivityContext ByHand() => HandWrittenExtract.Of(_records.Next().Message.Headers);

    [Benchmark]
    public ExtractedContext Throughline() => ContextPropagator.Default.Extract(new KafkaHeaders(_records.Next().Message.Headers));

    [Benchmark]
    public ActivityContext ThroughlineToActivityContext() =>
        ContextPropagator.Default.Extract(new KafkaHeaders(_records.Next().Message.Headers)).ToActivityContext();

    [Benchmark]
    public PropagationContext Peer()
    {
        _peer(_records.Next(), out var context);
        return context;
    }
}
