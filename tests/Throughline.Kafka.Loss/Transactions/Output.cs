using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Kafka.Loss.Transactions;

/// <summary>What members have sent on: as readers of committed records see it, and as it lies there.</summary>
internal static class Output
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Everything up to the end.</summary>
    internal static List<OutputRecord> Read(string servers, string topic, IsolationLevel isolation)
    {
        using var consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = $"{topic}.check",
            IsolationLevel = isolation,
            EnablePartitionEof = true,
            EnableAutoCommit = false,
        }).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(Enumerable.Range(0, LossOptions.Partitions).Select(it => new TopicPartitionOffset(topic, it, Offset.Beginning)));
        using var limit = new CancellationTokenSource(Patience);
        var records = new List<OutputRecord>();
        for (var ends = 0; ends < LossOptions.Partitions;)
        {
            var result = consumer.Consume(limit.Token);
            if (result.IsPartitionEOF)
            {
                ends++;
            }
            else
            {
                records.Add(Of(result));
            }
        }

        return records;
    }

    private static OutputRecord Of(ConsumeResult<Ignore, string> result)
    {
        var input = result.Message.Value.Split(':');
        return new(
            (result.Partition.Value, result.Offset.Value),
            (int.Parse(input[0], CultureInfo.InvariantCulture), long.Parse(input[1], CultureInfo.InvariantCulture)),
            Encoding.ASCII.GetString(result.Message.Headers.GetLastBytes("traceparent")));
    }
}
