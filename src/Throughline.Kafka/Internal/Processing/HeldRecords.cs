namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Records that are not due yet, such as those of a retry topic with a delay: their partition is paused until then, and what
/// comes behind them waits too. Only the loop's thread uses it.
/// </summary>
internal sealed class HeldRecords<TKey, TValue>(Pauses<TKey, TValue> pauses, TimeProvider time)
{
    private readonly List<(PartitionWork<TKey, TValue> Partition, Queue<(PendingRecord<TKey, TValue> Record, DateTimeOffset NotBefore)> Records)> _held = [];

    /// <summary>Holds the record where it, or one before it, is not due yet.</summary>
    internal bool TryHold(PendingRecord<TKey, TValue> record, DateTimeOffset? notBefore) =>
        (notBefore is not null || _held.Count > 0) && Hold(record, notBefore);

    internal bool Any => _held.Count > 0;

    /// <summary>Takes out those that are due, in their partitions' order.</summary>
    internal IEnumerable<PendingRecord<TKey, TValue>> TakeDue()
    {
        for (var i = _held.Count - 1; i >= 0; i--)
        {
            var (partition, records) = _held[i];
            while (records.TryPeek(out var first) && first.NotBefore <= time.GetUtcNow())
            {
                records.Dequeue();
                yield return first.Record;
            }

            if (records.Count == 0)
            {
                _held.RemoveAt(i);
                pauses.Resume(partition, PauseReasons.Delay);
            }
        }
    }

    /// <summary>How long until the next is due, <paramref name="longest"/> at most.</summary>
    internal TimeSpan UntilNext(TimeSpan longest)
    {
        foreach (var (_, records) in _held)
        {
            var left = records.Peek().NotBefore - time.GetUtcNow();
            longest = left < longest ? left : longest;
        }

        return longest > TimeSpan.Zero ? longest : TimeSpan.Zero;
    }

    internal void Forget(PartitionWork<TKey, TValue> partition) => _held.RemoveAll(each => each.Partition == partition);

    // Apart, so that only then a record costs a closure.
    private bool Hold(PendingRecord<TKey, TValue> record, DateTimeOffset? notBefore)
    {
        var records = _held.Find(each => each.Partition == record.Partition).Records;
        if (records is null)
        {
            if (notBefore is null || notBefore <= time.GetUtcNow())
            {
                return false;
            }

            records = new();
            _held.Add((record.Partition, records));
            pauses.Pause(record.Partition, PauseReasons.Delay);
        }

        records.Enqueue((record, notBefore ?? DateTimeOffset.MinValue));
        return true;
    }
}
