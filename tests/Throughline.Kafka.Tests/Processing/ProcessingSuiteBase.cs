using System.Diagnostics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Processing;

/// <summary>What suites about processing share.</summary>
public abstract class ProcessingSuiteBase(KafkaFixture kafka) : TracingSuite(kafka)
{
    protected static async Task UntilAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, "The condition did not come true in time.");
            await Task.Delay(10);
        }
    }

    protected static IEnumerable<long> Committed(IConsumer<string, string> consumer, string topic, int partitions) =>
        consumer.Committed(Enumerable.Range(0, partitions).Select(i => new TopicPartition(topic, i)), Patience)
            .Select(offset => offset.Offset.Value);

    protected void SendNumbered(string topic, int partitions, int count, Func<int, string>? key = null)
    {
        using var producer = Producer();
        for (var i = 0; i < count; i++)
        {
            producer.Produce(
                new TopicPartition(topic, i % partitions),
                new Message<string, string> { Key = key?.Invoke(i) ?? $"{i}", Value = $"{i}" });
        }

        Assert.Equal(0, producer.Flush(Patience));
    }
}
