using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>The way of records back from workers to the loop, which may wait for them.</summary>
internal sealed class Completions<TKey, TValue>
{
    private readonly ConcurrentQueue<PendingRecord<TKey, TValue>> _records = new();
    private readonly object _added = new();

    // Those in the queue, or about to be.
    private int _count;

    // At how many the loop wants to be woken.
    private volatile int _wakeAt = int.MaxValue;

    /// <summary>By a worker, when it is done with a record.</summary>
    internal void Add(PendingRecord<TKey, TValue> record)
    {
        _records.Enqueue(record);

        // The other side says that it waits before it looks a last time; without the fences each could miss the other.
        if (Interlocked.Increment(ref _count) >= _wakeAt)
        {
            lock (_added)
            {
                Monitor.Pulse(_added);
            }
        }
    }

    /// <summary>By the loop.</summary>
    internal bool TryTake([MaybeNullWhen(false)] out PendingRecord<TKey, TValue> record)
    {
        if (!_records.TryDequeue(out record))
        {
            return false;
        }

        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>By the loop: returns when there are so many to take, or the time is over.</summary>
    internal void Wait(int count, TimeSpan timeout)
    {
        lock (_added)
        {
            _wakeAt = count;
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _count) < count)
            {
                Monitor.Wait(_added, timeout);
            }

            _wakeAt = int.MaxValue;
        }
    }
}
