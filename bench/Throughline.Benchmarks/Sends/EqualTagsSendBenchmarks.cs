using BenchmarkDotNet.Attributes;
using Confluent.Kafka;
using Throughline.Benchmarks.Clients;
using Throughline.Benchmarks.Listening;
using Throughline.Benchmarks.Peer;

namespace Throughline.Benchmarks.Sends;

/// <summary>
/// <c>Produce(partition, message)</c>, sampled, with seven tags on everybody's span: system, operation name and type,
/// topic, partition, client id, and for the peer and by hand the key, for Throughline what the report said: the offset,
/// or that there was none.
/// </summary>
public class EqualTagsSendBenchmarks
{
    private readonly NoopProducer _inner = new(reports: true);
    private IProducer<string, string> _bare = null!;
    private HandWrittenSend _byHand = null!;
    private IProducer<string, string> _throughline = null!;
    private IProducer<string, string> _throughlineWithoutReports = null!;
    private IProducer<string, string> _throughlineWrapping = null!;
    private IProducer<string, string>? _peer;
    private Ambience _ambience = null!;

    [Params(Situation.SampledChild, Situation.SampledRoot)]
    public Situation Situation { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _ambience = Ambience.Of(Situation);
        _bare = _inner;
        _byHand = new HandWrittenSend(_bare);
        _throughline = Traced.Built(_inner, new() { ClientId = Orders.ClientId });
        _throughlineWithoutReports = Traced.Built(new NoopProducer(reports: false), new() { ClientId = Orders.ClientId, DeliveryReports = false });
        _throughlineWrapping = Traced.Wrapped(_inner, new() { ClientId = Orders.ClientId });
        _peer = PeerInstrumentation.Around(_bare);
    }

    [GlobalCleanup]
    public void TakeDown() => _ambience.Dispose();

    [Benchmark(Baseline = true)]
    public void Bare() => _bare.Produce(Orders.Place, Orders.Message());

    [Benchmark]
    public void ByHand() => _byHand.Produce(Orders.Place, Orders.Message());

    [Benchmark]
    public void Throughline() => _throughline.Produce(Orders.Place, Orders.Message());

    [Benchmark]
    public void ThroughlineWithoutReports() => _throughlineWithoutReports.Produce(Orders.Place, Orders.Message());

    [Benchmark]
    public void ThroughlineWrapping() => _throughlineWrapping.Produce(Orders.Place, Orders.Message());

    [Benchmark]
    public void Peer() => _peer!.Produce(Orders.Place, Orders.Message());
}
