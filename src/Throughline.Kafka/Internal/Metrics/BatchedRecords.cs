using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// Records whose lag was told with their batch, so that a scope of a record inside it does not tell it again: the last few
/// thousand. One that has been overwritten is told twice; without batches there is nothing here.
/// </summary>
internal sealed class BatchedRecords
{
    private const int Slots = 4096;

    private readonly Lock _lock = new();
    private Entry[]? _entries;

    internal void Add(string? topic, Partition partition, Offset offset)
    {
        lock (_lock)
        {
            _entries ??= new Entry[Slots];
            _entries[SlotOf(partition, offset)] = new(topic, partition.Value, offset.Value, IsThere: true);
        }
    }

    /// <returns><see langword="true"/> if it was there. When it is delivered again, its lag is another.</returns>
    internal bool Remove(string? topic, Partition partition, Offset offset)
    {
        if (Volatile.Read(ref _entries) is not { } entries)
        {
            return false;
        }

        lock (_lock)
        {
            ref var entry = ref entries[SlotOf(partition, offset)];
            var isIt = entry == new Entry(topic, partition.Value, offset.Value, IsThere: true);
            if (isIt)
            {
                entry = default;
            }

            return isIt;
        }
    }

    // Neighbouring offsets of a partition take neighbouring slots; partitions start apart.
    private static int SlotOf(Partition partition, Offset offset) =>
        (int)(((uint)offset.Value + ((uint)partition.Value * 2654435761u)) % Slots);

    private readonly record struct Entry(string? Topic, int Partition, long Offset, bool IsThere);
}
