using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures.Redrives;

/// <summary>
/// Up to where each partition is read: its end when it was first seen. Letters that come later, those put back among them,
/// are the next run's.
/// </summary>
internal sealed class LetterBounds(IConsumer<byte[], byte[]> consumer, TimeSpan timeout)
{
    private readonly Dictionary<TopicPartition, long> _ends = [];
    private readonly HashSet<TopicPartition> _read = [];

    /// <summary>Whether something is assigned, and all of that is read.</summary>
    internal bool AllAreRead => consumer.Assignment is { Count: > 0 } assigned && assigned.TrueForAll(IsRead);

    internal bool Includes(TopicPartitionOffset place) => place.Offset.Value < EndOf(place.TopicPartition);

    /// <summary>Everything before this offset has been seen.</summary>
    internal void Passed(TopicPartition partition, long nextOffset)
    {
        if (nextOffset >= EndOf(partition))
        {
            _read.Add(partition);
        }
    }

    /// <summary>The client found nothing more, also where a transaction that is still open hides the rest.</summary>
    internal void Ended(TopicPartition partition) => _read.Add(partition);

    /// <summary>Another member has read on, or will: begin again where the group is, within the same bound.</summary>
    internal void Left(TopicPartition partition) => _read.Remove(partition);

    private bool IsRead(TopicPartition partition) => _read.Contains(partition);

    private long EndOf(TopicPartition partition)
    {
        if (!_ends.TryGetValue(partition, out var end))
        {
            end = consumer.QueryWatermarkOffsets(partition, timeout).High.Value;
            _ends.Add(partition, end);
        }

        return end;
    }
}
