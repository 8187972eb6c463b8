using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>
/// When Consume returned which record, for the last few thousand: a record whose time has been overwritten has none,
/// and none is told.
/// </summary>
internal sealed class ReceivedTimes(TimeProvider time)
{
    private const int Slots = 4096;

    private readonly Lock _lock = new();
    private readonly Entry[] _entries = new Entry[Slots];

    // The parts of a place, since a result makes one each time it is asked for it.
    internal void Note(string topic, Partition partition, Offset offset)
    {
        var nowUnixNano = UnixNano(time.GetUtcNow());
        lock (_lock)
        {
            _entries[SlotOf(topic, partition, offset)] = new Entry(topic, partition.Value, offset.Value, nowUnixNano);
        }
    }

    /// <summary>Nanoseconds since the Unix epoch; <see langword="null"/> when not known.</summary>
    internal long? Of(string topic, Partition partition, Offset offset)
    {
        Entry entry;
        lock (_lock)
        {
            entry = _entries[SlotOf(topic, partition, offset)];
        }

        return entry.Offset == offset.Value && entry.Partition == partition.Value && entry.Topic == topic
            ? entry.UnixNano
            : null;
    }

    private static long UnixNano(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick;

    // Neighbouring offsets of a partition take neighbouring slots; partitions and topics start apart.
    private static int SlotOf(string? topic, Partition partition, Offset offset) =>
        (int)(((uint)offset.Value + ((uint)partition.Value * 2654435761u) + StartOf(topic)) % Slots);

    // Enough to tell a service's topics apart, which share their beginnings; hashing a name is too much for each record.
    private static uint StartOf(string? topic)
    {
        if (string.IsNullOrEmpty(topic))
        {
            return 0;
        }

        var middle = topic.Length / 2;
        var mixed = ((((((uint)topic.Length * 31) + topic[0]) * 31) + topic[middle]) * 31) + topic[^1];
        return (mixed * 2654435761u) >> 16;
    }

    private readonly record struct Entry(string Topic, int Partition, long Offset, long UnixNano);
}
