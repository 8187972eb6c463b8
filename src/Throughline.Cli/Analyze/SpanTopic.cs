using Confluent.Kafka;

namespace Throughline.Cli.Analyze;

/// <summary>A topic of OTLP requests, such as the Collector's Kafka exporter writes: read from its start to its end of now.</summary>
internal static class SpanTopic
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task FeedAsync(ClosedSet spans, string servers, string topic, CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers,
            // Nothing is committed: the group is never seen by anybody.
            GroupId = "throughline-analyze",
            EnableAutoCommit = false,
            AllowAutoCreateTopics = false,
        }).SetLogHandler((_, _) => { }).Build();
        try
        {
            var ends = Ends(consumer, servers, topic);
            consumer.Assign(ends.Where(end => end.Value.Low < end.Value.High).Select(end => new TopicPartitionOffset(end.Key, end.Value.Low)));
            var left = ends.Where(end => end.Value.Low < end.Value.High).Select(end => end.Key).ToHashSet();
            while (left.Count > 0)
            {
                var record = await Task.Run(() => consumer.Consume(Patience), cancellationToken)
                    ?? throw new CommandException(ExitCodes.Timeout, $"{servers} gave no more of {topic} for {Patience.TotalSeconds:0} s.");
                if (record.Message.Value is { Length: > 0 } request)
                {
                    await spans.TakeAsync(request, $"{record.TopicPartitionOffset}", cancellationToken);
                }

                // Markers of transactions have offsets, and are never given: the position knows of them.
                left.RemoveWhere(partition => consumer.Position(partition).Value >= ends[partition].High.Value);
            }
        }
        catch (KafkaException exception)
        {
            throw new CommandException(ExitCodes.Unreachable, $"{topic} on {servers} cannot be read: {exception.Error.Reason}", exception);
        }
        finally
        {
            consumer.Close();
        }
    }

    private static Dictionary<TopicPartition, WatermarkOffsets> Ends(IConsumer<Ignore, byte[]> consumer, string servers, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, Patience).Topics.Single(one => one.Topic == topic);
        return partitions.Partitions.Count == 0
            ? throw new CommandException(ExitCodes.Usage, $"{servers} has no topic {topic} ({partitions.Error.Reason}).")
            : partitions.Partitions
                .Select(partition => new TopicPartition(topic, partition.PartitionId))
                .ToDictionary(partition => partition, partition => consumer.QueryWatermarkOffsets(partition, Patience));
    }
}
