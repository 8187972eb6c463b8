using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace Throughline.Cli.Demo.Kafka;

/// <summary>Reads the topic back with a plain consumer and measures the headers that are really on the records.</summary>
internal static class HeaderReader
{
    private const string TraceParent = "traceparent";
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Looks at the orders' records. Null when the topic could not be read in time.</summary>
    public static HeaderUse? Read(
        DemoTopic topic, IReadOnlyList<string> orderIds, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var orders = orderIds.ToHashSet();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = topic.BootstrapServers,
            GroupId = topic.Group + "-headers",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        try
        {
            var open = FindPartitions(consumer, topic);
            consumer.Assign(open.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
            var sizes = new List<int>();
            var traced = 0;
            while (open.Count > 0)
            {
                var record = consumer.Consume(limit.Token);
                if (record.IsPartitionEOF)
                {
                    open.Remove(record.TopicPartition);
                    continue;
                }

                if (orders.Contains(OrderOf(record.Message.Value)))
                {
                    sizes.Add(record.Message.Headers.Sum(Size));
                    traced += record.Message.Headers.TryGetLastBytes(TraceParent, out _) ? 1 : 0;
                }
            }

            return sizes.Count == 0 ? null : new HeaderUse(sizes.Count, traced, sizes.Average(), sizes.Max());
        }
        catch (Exception error) when (error is KafkaException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static HashSet<TopicPartition> FindPartitions(IClient consumer, DemoTopic topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var found = admin.GetMetadata(topic.Name, QueryTimeout).Topics.Single(it => it.Topic == topic.Name);
        return [.. found.Partitions.Select(partition => new TopicPartition(topic.Name, partition.PartitionId))];
    }

    private static string OrderOf(byte[] announcement)
    {
        using var order = JsonDocument.Parse(announcement);
        return order.RootElement.GetProperty("orderId").GetString()!;
    }

    private static int Size(IHeader header) =>
        Encoding.UTF8.GetByteCount(header.Key) + (header.GetValueBytes()?.Length ?? 0);
}
