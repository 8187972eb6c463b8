using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Transactions;

/// <summary>
/// Every record's output exactly once, whatever fails: on real Kafka, since the embedded broker neither keeps a
/// transaction's offsets nor knows what was aborted.
/// </summary>
public abstract class ExactlyOnceSuite(KafkaFixture kafka) : TransactionalSuite(kafka)
{
    protected static readonly TransactionOptions Options = new()
    {
        RecordsMax = 50,
        RetryDelay = TimeSpan.Zero,
    };

    protected ConsumerConfig Group(string group, GroupProtocol protocol = GroupProtocol.Classic, PartitionAssignmentStrategy? strategy = PartitionAssignmentStrategy.Range)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = BootstrapServers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            GroupProtocol = protocol,
        };
        if (protocol == GroupProtocol.Classic)
        {
            config.PartitionAssignmentStrategy = strategy;
            config.SessionTimeoutMs = 6000;
            config.HeartbeatIntervalMs = 200;
        }

        return config;
    }

    protected void Fill(string topic, int records, int partitions)
    {
        using var producer = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        for (var number = 0; number < records; number++)
        {
            producer.Produce(new TopicPartition(topic, number % partitions), Message($"{number}"));
        }

        producer.Flush(Patience);
    }

    protected async Task WaitUntilCommittedAsync(string output, int records, int partitions = 1)
    {
        var config = ConsumerConfig(group: KafkaFixture.Unique("wait"));
        using var consumer = new ConsumerBuilder<Ignore, string>(config).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(output, partition, Offset.Beginning)));
        using var limit = new CancellationTokenSource(2 * Patience);
        var seen = new HashSet<string>();
        await Task.Run(() =>
        {
            while (seen.Count < records)
            {
                seen.Add(consumer.Consume(limit.Token).Message.Value);
            }
        });
    }
}
