using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>The way of records back from workers to the loop, which may wait for one.</summary>
internal sealed class Completions<TKey, TValue>
{
    private readonly ConcurrentQueue<PendingRecord<TKey, TValue>> _records = new();
    private readonly object _added = new();
    private volatile bool _isWaitedFor;

    /// <summary>By a worker, when it is done with a record.</summary>
    internal void Add(PendingRecord<TKey, TValue> record)
    {
        _records.Enqueue(record);

        // The other side says that it waits before it looks a last time; without the fences each could miss the other.
        Interlocked.MemoryBarrier();
        if (_isWaitedFor)
        {
            lock (_added)
            {
                Monitor.Pulse(_added);
            }
        }
    }

    /// <summary>By the loop.</summary>
    internal bool TryTake([MaybeNullWhen(false)] out PendingRecord<TKey, TValue> record) => _records.TryDequeue(out record);

    /// <summary>By the loop: returns when there is one to take, or the time is over.</summary>
    internal void Wait(TimeSpan timeout)
    {
        lock (_added)
        {
            _isWaitedFor = true;
            Interlocked.MemoryBarrier();
            if (_records.IsEmpty)
            {
                Monitor.Wait(_added, timeout);
            }

            _isWaitedFor = false;
        }
    }
}
