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
            _entries[SlotOf(partition, offset)] = new Entry(topic, partition.Value, offset.Value, nowUnixNano);
        }
    }

    /// <summary>Nanoseconds since the Unix epoch; <see langword="null"/> when not known.</summary>
    internal long? Of(string topic, Partition partition, Offset offset)
    {
        Entry entry;
        lock (_lock)
        {
            entry = _entries[SlotOf(partition, offset)];
        }

        return entry.Offset == offset.Value && entry.Partition == partition.Value && entry.Topic == topic
            ? entry.UnixNano
            : null;
    }

    private static long UnixNano(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick;

    // Neighbouring offsets of a partition take neighbouring slots; partitions start apart.
    private static int SlotOf(Partition partition, Offset offset) =>
        (int)(((uint)offset.Value + ((uint)partition.Value * 2654435761u)) % Slots);

    private readonly record struct Entry(string Topic, int Partition, long Offset, long UnixNano);
}
