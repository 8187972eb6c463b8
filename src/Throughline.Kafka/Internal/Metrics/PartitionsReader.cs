using System.Text.Json;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>Reads the topics' part of the statistics, for the offsets of their partitions.</summary>
internal sealed class PartitionsReader
{
    private readonly List<PartitionStatistics> _partitions = [];

    internal void Clear() => _partitions.Clear();

    internal PartitionStatistics[] ToArray() => [.. _partitions];

    internal void ReadTopics(ref Utf8JsonReader json, NameTable names)
    {
        json.ReadObjectStart();
        while (json.ReadField())
        {
            ReadTopic(ref json, names);
        }
    }

    private void ReadTopic(ref Utf8JsonReader json, NameTable names)
    {
        // The name comes before the partitions: librdkafka writes its fields in one order.
        string? topic = null;
        json.ReadObjectStart();
        while (json.ReadField())
        {
            if (json.ValueTextEquals("topic"u8))
            {
                topic = names.Read(ref json);
            }
            else if (json.ValueTextEquals("partitions"u8))
            {
                ReadPartitions(ref json, topic ?? throw new JsonException("Partitions of no topic."));
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadPartitions(ref Utf8JsonReader json, string topic)
    {
        json.ReadObjectStart();
        while (json.ReadField())
        {
            var partition = ReadPartition(ref json, topic);

            // The internal one (-1), and those that somebody else consumes.
            if (partition.Partition >= 0 && (partition.Position >= 0 || partition.Committed >= 0))
            {
                _partitions.Add(partition);
            }
        }
    }

    private static PartitionStatistics ReadPartition(ref Utf8JsonReader json, string topic)
    {
        var read = new PartitionStatistics(topic, -1, -1, -1, -1, -1);
        json.ReadObjectStart();
        while (json.ReadField())
        {
            if (json.ValueTextEquals("partition"u8))
            {
                read = read with { Partition = (int)json.ReadNumber() };
            }
            else if (json.ValueTextEquals("app_offset"u8))
            {
                read = read with { Position = json.ReadNumber() };
            }
            else if (json.ValueTextEquals("committed_offset"u8))
            {
                read = read with { Committed = json.ReadNumber() };
            }
            else if (json.ValueTextEquals("hi_offset"u8))
            {
                read = read with { HighWatermark = json.ReadNumber() };
            }
            else if (json.ValueTextEquals("ls_offset"u8))
            {
                read = read with { LastStable = json.ReadNumber() };
            }
            else
            {
                json.Skip();
            }
        }

        return read;
    }
}
