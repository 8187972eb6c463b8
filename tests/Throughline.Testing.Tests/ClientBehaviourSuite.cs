using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Testing.Tests;

/// <summary>What tests of tracing take for granted of a broker holds on the embedded one as on the real ones.</summary>
public abstract class ClientBehaviourSuite(KafkaFixture kafka) : KafkaSuite(kafka)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Records_of_one_partition_come_back_in_order_with_their_offsets()
    {
        var topic = await CreateTopicAsync();
        await ProduceAsync(topic, 100);

        using var consumer = Subscribe(topic, ConsumerConfig());

        Assert.Equal(
            Enumerable.Range(0, 100).Select(n => (n, (long)n)),
            Take(consumer, 100).Select(r => (int.Parse(r.Message.Value), r.Offset.Value)));
        consumer.Close();
    }

    [Fact]
    public async Task Record_keeps_the_timestamp_that_its_producer_gave_it()
    {
        var topic = await CreateTopicAsync();
        var time = new Timestamp(DateTime.UnixEpoch.AddSeconds(1_700_000_000), TimestampType.CreateTime);
        using var producer = new ProducerBuilder<Null, string>(ProducerConfig()).Build();
        await producer.ProduceAsync(topic, new Message<Null, string> { Value = "x", Timestamp = time });

        using var consumer = Subscribe(topic, ConsumerConfig());

        Assert.Equal(time, Take(consumer, 1).Single().Message.Timestamp);
        consumer.Close();
    }

    [Fact]
    public async Task Group_goes_on_behind_what_it_has_committed()
    {
        var topic = await CreateTopicAsync();
        await ProduceAsync(topic, 10);
        var config = ConsumerConfig();
        using (var first = Subscribe(topic, config))
        {
            first.Commit(Take(first, 4)[^1]);
            first.Close();
        }

        using var second = Subscribe(topic, config);

        Assert.Equal("4", Take(second, 1).Single().Message.Value);
        Assert.Equal(4, second.Committed(Patience).Single(p => p.Offset != Offset.Unset).Offset.Value);
        second.Close();
    }

    [Fact]
    public async Task Two_members_share_the_partitions_and_one_takes_over_when_the_other_leaves()
    {
        var topic = await CreateTopicAsync(partitions: 4);
        var config = ConsumerConfig();
        using var stays = Subscribe(topic, config);
        using var leaves = Subscribe(topic, config);

        Poll([stays, leaves], () => stays.Assignment.Count == 2 && leaves.Assignment.Count == 2);
        Assert.Empty(stays.Assignment.Intersect(leaves.Assignment));
        leaves.Close();

        Poll([stays], () => stays.Assignment.Count == 4);
        stays.Close();
    }

    [Fact]
    public async Task Groups_each_get_every_record()
    {
        var topic = await CreateTopicAsync();
        await ProduceAsync(topic, 3);

        foreach (var group in (string[])["a", "b"])
        {
            using var consumer = Subscribe(topic, ConsumerConfig(KafkaFixture.Unique(group)));
            Assert.Equal(["0", "1", "2"], Take(consumer, 3).Select(r => r.Message.Value));
            consumer.Close();
        }
    }

    [Fact]
    public async Task Committed_transaction_is_read_and_an_aborted_one_is_not()
    {
        var topic = await CreateTopicAsync();
        var config = ProducerConfig();
        config.TransactionalId = KafkaFixture.Unique();
        using var producer = new ProducerBuilder<Null, string>(config).Build();
        producer.InitTransactions(Patience);
        Transaction(producer, topic, "aborted", producer.AbortTransaction);
        Transaction(producer, topic, "committed", producer.CommitTransaction);

        var readCommitted = ConsumerConfig();
        readCommitted.IsolationLevel = IsolationLevel.ReadCommitted;
        using var consumer = Subscribe(topic, readCommitted);

        Assert.Equal("committed", Take(consumer, 1).Single().Message.Value);
        consumer.Close();
    }

    [Fact]
    public async Task Offsets_sent_to_a_transaction_are_the_groups_once_it_commits()
    {
        Assert.SkipWhen(Kafka.IsEmbedded, "the embedded broker forgets them (EmbeddedBrokerLimitTests)");
        var topic = await CreateTopicAsync();
        await ProduceAsync(topic, 3);
        var config = ProducerConfig();
        config.TransactionalId = KafkaFixture.Unique();
        using var producer = new ProducerBuilder<Null, string>(config).Build();
        producer.InitTransactions(Patience);
        using var consumer = Subscribe(topic, ConsumerConfig());
        var last = Take(consumer, 3)[^1];

        producer.BeginTransaction();
        producer.SendOffsetsToTransaction(
            [new TopicPartitionOffset(last.TopicPartition, last.Offset + 1)], consumer.ConsumerGroupMetadata, Patience);
        producer.CommitTransaction(Patience);

        Assert.Equal(3, consumer.Committed([last.TopicPartition], Patience).Single().Offset.Value);
        consumer.Close();
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : ClientBehaviourSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : ClientBehaviourSuite(kafka);

    public sealed class OnThreeNodes(ThreeNodeKafka kafka) : ClientBehaviourSuite(kafka);

    private static void Transaction(IProducer<Null, string> producer, string topic, string value, Action<TimeSpan> end)
    {
        producer.BeginTransaction();
        producer.Produce(topic, new Message<Null, string> { Value = value });
        end(Patience);
    }

    private static IConsumer<Ignore, string> Subscribe(string topic, ConsumerConfig config)
    {
        var consumer = new ConsumerBuilder<Ignore, string>(config).Build();
        consumer.Subscribe(topic);
        return consumer;
    }

    private static List<ConsumeResult<Ignore, string>> Take(IConsumer<Ignore, string> consumer, int count)
    {
        var records = new List<ConsumeResult<Ignore, string>>();
        while (records.Count < count)
        {
            records.Add(consumer.Consume(Patience) ?? throw new TimeoutException($"{records.Count} of {count} records came"));
        }

        return records;
    }

    private static void Poll(IConsumer<Ignore, string>[] consumers, Func<bool> until)
    {
        var end = DateTime.UtcNow + Patience;
        while (!until())
        {
            Assert.True(DateTime.UtcNow < end, string.Join("; ", consumers.Select(c => string.Join(",", c.Assignment))));
            foreach (var consumer in consumers)
            {
                consumer.Consume(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private async Task ProduceAsync(string topic, int count)
    {
        using var producer = new ProducerBuilder<Null, string>(ProducerConfig()).Build();
        await Task.WhenAll(Enumerable.Range(0, count).Select(n =>
            producer.ProduceAsync(topic, new Message<Null, string> { Value = $"{n}" })));
    }
}
