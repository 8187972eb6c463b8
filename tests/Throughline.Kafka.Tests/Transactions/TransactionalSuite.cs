using Confluent.Kafka;
using Throughline.Testing;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Transactions;

/// <summary>What tests of transactional loops share.</summary>
public abstract class TransactionalSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    /// <summary>The test's own: xunit makes an object a test.</summary>
    protected string TransactionalId { get; } = KafkaFixture.Unique("txn");

    protected SpanRecorder RecordTransactions(string topic, string output) => SpanRecorder.Start(new SpanRecorderOptions
    {
        Sources = [KafkaInstrumentation.ActivitySourceName],
        Scope = SpanScope.Destination(topic).Or(SpanScope.Destination(output)).Or(SpanScope.Tag("throughline.transaction.id", TransactionalId)),
        WaitTimeout = Patience,
    });

    protected TracingProducer<string, string> TransactionalProducer(string? id = null) =>
        Producer(configure: config => config.TransactionalId = id ?? TransactionalId);

    /// <summary>Sends "0", "1", … to partition 0.</summary>
    protected async Task SendAsync(string topic, int count)
    {
        using var producer = Producer();
        for (var number = 0; number < count; number++)
        {
            await producer.ProduceAsync(new TopicPartition(topic, 0), Message($"{number}"));
        }
    }

    /// <summary>Runs the loop until that many records were handled without failure, and stops it.</summary>
    protected static async Task RunUntilAsync(
        int handled,
        TracingConsumer<string, string> consumer,
        TracingProducer<string, string> producer,
        TransactionOptions options,
        Action<ConsumeResult<string, string>> handle)
    {
        using var stop = new CancellationTokenSource(Patience);
        await consumer.ProcessTransactionsAsync(
            producer,
            async (record, _) =>
            {
                handle(record);
                if (--handled == 0)
                {
                    await stop.CancelAsync();
                }
            },
            options,
            stop.Token).WaitAsync(Patience);
        Assert.Equal(0, handled);
    }

    /// <summary>What a consumer that reads committed records only finds in the topic, up to its end.</summary>
    protected IReadOnlyList<string> CommittedValues(string topic, int partitions = 1)
    {
        var config = ConsumerConfig(group: KafkaFixture.Unique("verify"));
        config.IsolationLevel = IsolationLevel.ReadCommitted;
        config.EnablePartitionEof = true;
        using var consumer = new ConsumerBuilder<Ignore, string>(config).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        using var limit = new CancellationTokenSource(Patience);
        var values = new List<string>();
        for (var ends = 0; ends < partitions;)
        {
            var result = consumer.Consume(limit.Token);
            if (result.IsPartitionEOF)
            {
                ends++;
            }
            else
            {
                values.Add(result.Message.Value);
            }
        }

        return values;
    }
}
