namespace Throughline.Kafka.Internal.Processing;

/// <summary>Chooses the lane of a record: records that wait for each other share one. Only the loop's thread uses it.</summary>
internal sealed class Lanes<TKey, TValue>
{
    // Keys that differ share a lane by chance: the more lanes, the seldomer.
    private const int KeyLanesPerWorker = 16;

    private readonly Take _take;
    private readonly List<Lane<TKey, TValue>> _all = [];
    private readonly Lane<TKey, TValue>? _single;
    private readonly Lane<TKey, TValue>[] _byKey = [];

    internal Lanes(ProcessingLimits limits, Take take)
    {
        _take = take;
        if (limits.Workers == 1)
        {
            _single = Add(new OrderedLane<TKey, TValue>(take.CountMax, take.Waits));
            return;
        }

        if (limits.Order == ProcessingOrder.None)
        {
            _single = Add(new SharedLane<TKey, TValue>(take.CountMax, take.Waits));
        }
        else if (limits.Order == ProcessingOrder.Key)
        {
            RecordKeys<TKey>.ThrowIfUnfit();
            _single = Add(new SharedLane<TKey, TValue>(take.CountMax, take.Waits));
            _byKey = [.. Enumerable.Range(0, limits.Workers * KeyLanesPerWorker)
                .Select(_ => Add(new OrderedLane<TKey, TValue>(take.CountMax, take.Waits)))];
        }
    }

    internal Lane<TKey, TValue> Of(PendingRecord<TKey, TValue> record)
    {
        if (_byKey.Length > 0 && RecordKeys<TKey>.TryHash(record.Result.Message.Key, out var hash))
        {
            return _byKey[(uint)hash % (uint)_byKey.Length];
        }

        return _single ?? (record.Partition.Lane ??= Add(new OrderedLane<TKey, TValue>(_take.CountMax, _take.Waits)));
    }

    /// <summary>The lanes that have less than a full take, and have waited for long enough.</summary>
    internal IEnumerable<Lane<TKey, TValue>> Due(long sinceTimestamp) => _all.Where(lane => lane.IsDue(sinceTimestamp));

    internal void Forget(PartitionWork<TKey, TValue> partition)
    {
        if (partition.Lane is not null)
        {
            _all.Remove(partition.Lane);
        }
    }

    private Lane<TKey, TValue> Add(Lane<TKey, TValue> lane)
    {
        _all.Add(lane);
        return lane;
    }
}
