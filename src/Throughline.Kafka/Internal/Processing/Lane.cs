using System.Collections.Concurrent;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Records that wait for a worker, in order. The loop adds, workers take.</summary>
internal abstract class Lane<TKey, TValue>
{
    private readonly ConcurrentQueue<PendingRecord<TKey, TValue>> _waiting = new();

    /// <summary>Adds a record.</summary>
    /// <returns>A worker is to be called.</returns>
    internal abstract bool Add(PendingRecord<TKey, TValue> record);

    /// <summary>Whether a worker is to be called for less than a full take, because a record has waited since then.</summary>
    internal abstract bool IsDue(long sinceTimestamp);

    /// <summary>Says that a worker is done with what it took.</summary>
    /// <returns>A worker is to be called again.</returns>
    internal abstract bool Release();

    /// <summary>Takes what still wants to be handled, <paramref name="countMax"/> records at most.</summary>
    /// <returns>Records that wait no more: those taken, and those that were dropped.</returns>
    internal virtual int Take(List<PendingRecord<TKey, TValue>> taken, int countMax)
    {
        var left = 0;
        while (taken.Count < countMax && _waiting.TryDequeue(out var record))
        {
            left++;
            if (record.TryBegin())
            {
                taken.Add(record);
            }
        }

        return left;
    }

    protected void Enqueue(PendingRecord<TKey, TValue> record) => _waiting.Enqueue(record);

    protected bool HasWaitedSince(long sinceTimestamp) =>
        _waiting.TryPeek(out var first) && first.TakenTimestamp <= sinceTimestamp;
}
