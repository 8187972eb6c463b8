using BenchmarkDotNet.Attributes;
using Confluent.Kafka;
using Throughline.Benchmarks.Clients;
using Throughline.Benchmarks.Listening;
using Throughline.Benchmarks.Peer;

namespace Throughline.Benchmarks.Sends;

/// <summary>
/// <c>Produce(topic, message)</c> of a fresh message, in every situation. Throughline as its builder sets it up: with
/// delivery reports, told of its server; a sampled span has nine tags, where the peer's has six.
/// </summary>
public class SendBenchmarks
{
    private readonly NoopProducer _inner = new(reports: true);
    private IProducer<string, string> _bare = null!;
    private HandWrittenSend _byHand = null!;
    private IProducer<string, string> _throughline = null!;
    private IProducer<string, string>? _peer;
    private Ambience _ambience = null!;

    [ParamsAllValues]
    public Situation Situation { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _ambience = Ambience.Of(Situation);
        _bare = _inner;
        _byHand = new HandWrittenSend(_bare);
        _throughline = Traced.Built(_inner, new() { ClientId = Orders.ClientId, BootstrapServers = "kafka-1:9092" });
        _peer = PeerInstrumentation.Around(_bare);
    }

    [GlobalCleanup]
    public void TakeDown() => _ambience.Dispose();

    [Benchmark(Baseline = true)]
    public void Bare() => _bare.Produce(Orders.Topic, Orders.Message());

    [Benchmark]
    public void ByHand() => _byHand.Produce(Orders.Topic, Orders.Message());

    [Benchmark]
    public void Throughline() => _throughline.Produce(Orders.Topic, Orders.Message());

    [Benchmark]
    public void Peer() => _peer!.Produce(Orders.Topic, Orders.Message());
}
