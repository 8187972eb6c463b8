using BenchmarkDotNet.Attributes;
using Confluent.Kafka;
using Throughline.Benchmarks.Clients;
using Throughline.Benchmarks.Extracts;
using Throughline.Benchmarks.Listening;
using Throughline.Kafka;

namespace Throughline.Benchmarks.Processing;

/// <summary>A batch of 100 sampled records, as a scope each or as one span with 100 links. Figures are per record.</summary>
public class BatchBenchmarks
{
    private const int BatchSize = 100;

    private ConsumeResult<string, string>[] _batch = null!;
    private TracingConsumer<string, string> _throughline = null!;
    private IDisposable _listener = null!;

    [ParamsAllValues]
    public BatchShape Shape { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        Listeners.SetPropagators();
        _listener = Listeners.Spans(sampleRoots: true);
        var records = new TracedRecords(Carried.TraceParent);
        _batch = [.. Enumerable.Range(0, BatchSize).Select(_ => records.Next())];
        _throughline = Traced.Consumer(_batch[0]);
    }

    [GlobalCleanup]
    public void TakeDown() => _listener.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = BatchSize)]
    public void ByHand()
    {
        if (Shape == BatchShape.OneSpanWithLinks)
        {
            using var activity = HandWrittenProcess.StartBatch(_batch);
            return;
        }

        foreach (var record in _batch)
        {
            using var activity = HandWrittenProcess.Start(record);
        }
    }

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public void Throughline()
    {
        if (Shape == BatchShape.OneSpanWithLinks)
        {
            using var scope = _throughline.StartBatch(_batch);
            return;
        }

        foreach (var record in _batch)
        {
            using var scope = _throughline.StartProcess(record);
        }
    }
}
