using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>What the real client says of itself, told as metrics.</summary>
public abstract class StatisticsSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Producer_tells_of_its_queue_its_traffic_and_its_brokers()
    {
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder();
        using var producer = Producer(new() { StatisticsInterval = Interval }, config => config.ClientId = "shop");
        await producer.ProduceAsync(topic, Message(new string('v', 1_000)));
        var sent = metrics.ObserveUntil("throughline.client.messages.out", told => Of(producer.Name, told).Any(it => it.Value == 1));
        var told = Of(producer.Name, sent).Single();
        Assert.Equal("shop", told.Tag("messaging.client.id"));
        Assert.Equal("kafka", told.Tag("messaging.system"));
        Assert.Equal("127.0.0.1", told.Tag("server.address"));
        Assert.InRange(One("throughline.client.message_bytes.out"), 1_000, 1_300);
        Assert.InRange(One("throughline.client.bytes.out"), 1_000, 10_000);
        Assert.InRange(One("throughline.client.bytes.in"), 50, 100_000);
        Assert.Equal(0, One("throughline.client.requests.timed_out"));
        Assert.Equal(0, One("throughline.client.requests.retried"));
        Assert.Equal(0, One("throughline.producer.queue.messages"));
        Assert.Equal(0, One("throughline.producer.queue.size"));
        Assert.Empty(Of(producer.Name, metrics.Observe("throughline.consumer.rebalances")));

        double One(string name) => OneOf(producer.Name, name, metrics).Value;
    }

    [Fact]
    public async Task Round_trips_and_throttling_are_told_by_broker()
    {
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder();
        using var producer = Producer(new() { StatisticsInterval = Interval });
        foreach (var name in (string[])["throughline.broker.rtt", "throughline.broker.rtt.p99"])
        {
            var trips = metrics.ObserveUntil(name, told => Of(producer.Name, told).Count > 0, () => producer.Produce(topic, Message()));
            var trip = Of(producer.Name, trips)[0];
            Assert.InRange(trip.Value, 0.000_001, 30);
            Assert.Equal("1", trip.Tag("throughline.broker.id"));
        }

        Assert.Equal(0, OneOf(producer.Name, "throughline.broker.throttle.max", metrics).Value);
    }

    [Fact]
    public async Task Queue_is_told_while_records_wait()
    {
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder("throughline.producer.queue.messages", "throughline.producer.queue.size");
        using var producer = Producer(new() { StatisticsInterval = Interval }, config => config.LingerMs = 60_000);
        for (var i = 0; i < 3; i++)
        {
            producer.Produce(topic, Message(new string('v', 100)));
        }

        metrics.ObserveUntil("throughline.producer.queue.messages", told => Of(producer.Name, told).Any(it => it.Value == 3));
        Assert.InRange(OneOf(producer.Name, "throughline.producer.queue.size", metrics).Value, 300, 1_000);
    }

    [Fact]
    public async Task Consumer_tells_of_its_rebalances_and_traffic_and_the_users_handler_gets_everything_too()
    {
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder();
        using var producer = Producer();
        await producer.ProduceAsync(topic, Message());
        var handed = 0;
        using var consumer = new TracingConsumerBuilder<string, string>(ConsumerConfig(), new() { StatisticsInterval = Interval })
            .SetStatisticsHandler((_, json) => handed += json.Contains("\"type\": \"consumer\"", StringComparison.Ordinal) ? 1 : 0)
            .Build();
        consumer.Subscribe(topic);
        ConsumeOne(consumer);
        var rebalances = metrics.ObserveUntil(
            "throughline.consumer.rebalances", told => Of(consumer.Name, told).Any(it => it.Value >= 1), () => consumer.Consume(10));
        Assert.StartsWith("Consumer_tells", (string?)Of(consumer.Name, rebalances).Single().Tag("messaging.consumer.group.name"), StringComparison.Ordinal);
        Assert.InRange(OneOf(consumer.Name, "throughline.consumer.rebalance.age", metrics, () => consumer.Consume(10)).Value, 0, 60);
        metrics.ObserveUntil("throughline.client.messages.in", told => Of(consumer.Name, told).Any(it => it.Value == 1), () => consumer.Consume(10));
        Assert.Empty(Of(consumer.Name, metrics.Observe("throughline.producer.queue.messages")));
        Assert.True(handed > 0);
    }

    // Each by itself: the next statistics may come between two of them.
    private static Measured OneOf(string client, string name, MetricRecorder metrics, Action? between = null) =>
        Of(client, metrics.ObserveUntil(name, told => Of(client, told).Count == 1, between)).Single();

    private static IReadOnlyList<Measured> Of(string client, IReadOnlyList<Measured> told) =>
        [.. told.Where(it => (string?)it.Tag("throughline.client.name") == client)];

    [Collection(Isolated.Name)]
    public sealed class OnEmbedded(EmbeddedKafka kafka) : StatisticsSuite(kafka);

    [Collection(Isolated.Name)]
    public sealed class OnOneNode(OneNodeKafka kafka) : StatisticsSuite(kafka);
}
