using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Throughline.Testing.Tests;

/// <summary>Where the embedded broker differs from a real one, as its documentation says: a change here changes that text.</summary>
public class EmbeddedBrokerLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Partition_keeps_its_newest_5_MiB()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders", partitions: 1);
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = broker.BootstrapServers, LingerMs = 0 }).Build();
        for (var n = 0; n < 12; n++)
        {
            await producer.ProduceAsync("orders", new Message<Null, byte[]> { Value = new byte[500_000] });
        }

        var offsets = Watermarks(broker);

        Assert.Equal(12, offsets.High.Value);
        Assert.Equal(2, offsets.Low.Value);
    }

    [Fact]
    public async Task Admin_requests_are_not_answered()
    {
        using var broker = EmbeddedBroker.Start();
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();

        var refusal = await Assert.ThrowsAnyAsync<KafkaException>(() => admin.CreateTopicsAsync(
            [new TopicSpecification { Name = "orders", NumPartitions = 1 }],
            new CreateTopicsOptions { RequestTimeout = TimeSpan.FromMilliseconds(500) }));

        Assert.Equal(ErrorCode.Local_TimedOut, refusal.Error.Code);
    }

    [Fact]
    public async Task Append_time_that_a_producer_learns_of_is_1970s()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders", partitions: 1);
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();

        var sent = await producer.ProduceAsync("orders", new Message<Null, string> { Value = "x" });

        Assert.Equal(new Timestamp(1234, TimestampType.LogAppendTime), sent.Timestamp);
    }

    [Fact]
    public void Offsets_sent_to_a_transaction_are_forgotten()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders", partitions: 1);
        using var producer = new ProducerBuilder<Null, string>(
            new ProducerConfig { BootstrapServers = broker.BootstrapServers, TransactionalId = "t" }).Build();
        using var consumer = new ConsumerBuilder<Ignore, string>(broker.ConsumerConfig("g")).Build();
        var partition = new TopicPartition("orders", 0);
        producer.InitTransactions(Patience);

        producer.BeginTransaction();
        producer.SendOffsetsToTransaction([new TopicPartitionOffset(partition, 3)], consumer.ConsumerGroupMetadata, Patience);
        producer.CommitTransaction(Patience);

        Assert.Equal(Offset.Unset, consumer.Committed([partition], Patience).Single().Offset);
    }

    private static WatermarkOffsets Watermarks(EmbeddedBroker broker)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(broker.ConsumerConfig("g")).Build();
        return consumer.QueryWatermarkOffsets(new TopicPartition("orders", 0), Patience);
    }
}
