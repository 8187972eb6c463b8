using BenchmarkDotNet.Attributes;
using Confluent.Kafka;
using Throughline.Benchmarks.Clients;
using Throughline.Benchmarks.Listening;
using Throughline.Benchmarks.Peer;

namespace Throughline.Benchmarks.Sends;

/// <summary><c>ProduceAsync(topic, message)</c>; the inner task is pending when it returns and completed before the await.</summary>
public class AsyncSendBenchmarks
{
    private readonly NoopProducer _inner = new(reports: true);
    private IProducer<string, string> _bare = null!;
    private HandWrittenSend _byHand = null!;
    private IProducer<string, string> _throughline = null!;
    private IProducer<string, string>? _peer;
    private Ambience _ambience = null!;

    [Params(Situation.Unlistened, Situation.UnsampledChild, Situation.SampledChild)]
    public Situation Situation { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _ambience = Ambience.Of(Situation);
        _bare = _inner;
        _byHand = new HandWrittenSend(_bare);
        _throughline = Traced.Built(_inner, new() { ClientId = Orders.ClientId });
        _peer = PeerInstrumentation.Around(_bare);
    }

    [GlobalCleanup]
    public void TakeDown() => _ambience.Dispose();

    [Benchmark(Baseline = true)]
    public DeliveryResult<string, string> Bare() => Deliver(_bare.ProduceAsync(Orders.Topic, Orders.Message()));

    [Benchmark]
    public DeliveryResult<string, string> ByHand() => Deliver(_byHand.ProduceAsync(Orders.Topic, Orders.Message()));

    [Benchmark]
    public DeliveryResult<string, string> Throughline() => Deliver(_throughline.ProduceAsync(Orders.Topic, Orders.Message()));

    [Benchmark]
    public DeliveryResult<string, string> Peer() => Deliver(_peer!.ProduceAsync(Orders.Topic, Orders.Message()));

    private DeliveryResult<string, string> Deliver(Task<DeliveryResult<string, string>> sending)
    {
        _inner.Deliver();
        return sending.GetAwaiter().GetResult();
    }
}
