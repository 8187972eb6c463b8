using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Metrics;

public abstract class OffsetLagSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    private const string Lag = "throughline.consumer.lag.offset";
    private const string Committed = "throughline.consumer.lag.committed";

    [Fact]
    public async Task Lag_is_known_from_the_consumers_own_positions()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        using var metrics = new MetricRecorder(Lag, Committed);
        using var producer = Producer();
        await SendAsync(producer, topic, partition: 1, count: 5);
        using var consumer = Consumer(topic);
        ConsumeOne(consumer);
        ConsumeOne(consumer);
        var lag = Assert.Single(Of(topic, metrics.ObserveUntil(Lag, told => Of(topic, told).Any(it => it.Value == 3))));
        Assert.Equal("1", lag.Tag("messaging.destination.partition.id"));
        Assert.StartsWith(nameof(Lag_is_known_from_the_consumers_own_positions), (string?)lag.Tag("messaging.consumer.group.name"), StringComparison.Ordinal);
        Assert.Equal("kafka", lag.Tag("messaging.system"));
        Assert.Empty(metrics.Of(Committed));
        for (var i = 0; i < 3; i++)
        {
            ConsumeOne(consumer);
        }

        Assert.Equal(0, Assert.Single(Of(topic, metrics.Observe(Lag))).Value);
    }

    [Fact]
    public async Task Lag_and_what_is_not_committed_are_known_from_statistics()
    {
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder(Lag, Committed);
        using var producer = Producer();
        await SendAsync(producer, topic, partition: 0, count: 6);
        using var consumer = Consumer(topic, new() { StatisticsInterval = TimeSpan.FromMilliseconds(100) });
        ConsumeOne(consumer);
        var second = ConsumeOne(consumer);
        consumer.Commit(second);
        ConsumeOne(consumer);
        consumer.Pause(consumer.Assignment);
        metrics.ObserveUntil(Lag, told => Of(topic, told).Any(it => it.Value == 3), () => consumer.Consume(10));
        metrics.ObserveUntil(Committed, told => Of(topic, told).Any(it => it.Value == 4), () => consumer.Consume(10));
    }

    [Fact]
    public async Task Only_assigned_partitions_are_told_of_and_none_after_close()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        using var metrics = new MetricRecorder(Lag);
        using var producer = Producer();
        await SendAsync(producer, topic, partition: 0, count: 2);
        await SendAsync(producer, topic, partition: 1, count: 2);
        using var consumer = new TracingConsumerBuilder<string, string>(ConsumerConfig()).Build();
        consumer.Assign([new TopicPartitionOffset(topic, 0, 0), new TopicPartitionOffset(topic, 1, 0)]);
        for (var i = 0; i < 4; i++)
        {
            ConsumeOne(consumer);
        }

        Assert.Equal(2, Of(topic, metrics.Observe(Lag)).Count);
        consumer.IncrementalUnassign([new TopicPartition(topic, 0)]);
        Assert.Equal("1", Assert.Single(Of(topic, metrics.Observe(Lag))).Tag("messaging.destination.partition.id"));
        consumer.Close();
        Assert.Empty(metrics.Observe(Lag));
        consumer.Dispose();
        Assert.Empty(metrics.Observe(Lag));
    }

    private static IReadOnlyList<Measured> Of(string topic, IReadOnlyList<Measured> told) =>
        [.. told.Where(it => (string?)it.Tag("messaging.destination.name") == topic)];

    private static async Task SendAsync(TracingProducer<string, string> producer, string topic, int partition, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await producer.ProduceAsync(new TopicPartition(topic, partition), Message());
        }
    }

    [Collection(Isolated.Name)]
    public sealed class OnEmbedded(EmbeddedKafka kafka) : OffsetLagSuite(kafka);

    [Collection(Isolated.Name)]
    public sealed class OnOneNode(OneNodeKafka kafka) : OffsetLagSuite(kafka)
    {
        // The embedded broker keeps no last stable offset.
        [Fact]
        public async Task Records_of_an_open_transaction_are_no_lag_of_who_reads_only_what_is_committed()
        {
            var topic = await CreateTopicAsync();
            using var metrics = new MetricRecorder(Lag);
            using var producer = Producer(configure: config => config.TransactionalId = topic);
            using var plain = Producer();
            await SendAsync(plain, topic, partition: 0, count: 1);
            producer.InitTransactions(Patience);
            producer.BeginTransaction();
            await SendAsync(producer, topic, partition: 0, count: 4);
            KafkaTracingOptions options = new() { StatisticsInterval = TimeSpan.FromMilliseconds(100) };
            using var committed = Consumer(topic, options, config => config.IsolationLevel = IsolationLevel.ReadCommitted);
            using var everything = Consumer(topic, options, config => (config.IsolationLevel, config.GroupId) = (IsolationLevel.ReadUncommitted, topic));
            ConsumeOne(committed);
            ConsumeOne(everything);
            everything.Pause(everything.Assignment);
            metrics.ObserveUntil(
                Lag,
                told => Of(topic, told).Select(it => it.Value).Order().SequenceEqual([0, 4]),
                () => Array.ForEach([committed, everything], consumer => consumer.Consume(10)));
            producer.AbortTransaction(Patience);
        }
    }
}
