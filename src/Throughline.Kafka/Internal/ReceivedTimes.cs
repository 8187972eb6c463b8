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

    internal void Note(TopicPartitionOffset place)
    {
        var nowUnixNano = UnixNano(time.GetUtcNow());
        lock (_lock)
        {
            _entries[SlotOf(place)] = new Entry(place.Topic, place.Partition.Value, place.Offset.Value, nowUnixNano);
        }
    }

    /// <summary>Nanoseconds since the Unix epoch; <see langword="null"/> when not known.</summary>
    internal long? Of(TopicPartitionOffset place)
    {
        Entry entry;
        lock (_lock)
        {
            entry = _entries[SlotOf(place)];
        }

        return entry.Offset == place.Offset.Value && entry.Partition == place.Partition.Value && entry.Topic == place.Topic
            ? entry.UnixNano
            : null;
    }

    private static long UnixNano(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick;

    // Neighbouring offsets of a partition take neighbouring slots; partitions start apart.
    private static int SlotOf(TopicPartitionOffset place) =>
        (int)(((uint)place.Offset.Value + ((uint)place.Partition.Value * 2654435761u)) % Slots);

    private readonly record struct Entry(string Topic, int Partition, long Offset, long UnixNano);
}
