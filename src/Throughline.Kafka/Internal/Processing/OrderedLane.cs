namespace Throughline.Kafka.Internal.Processing;

/// <summary>A lane that one worker serves at a time.</summary>
/// <param name="takeMax">Records that a worker takes at a time.</param>
/// <param name="waits">A worker is called for a full take only; <see cref="IsDue"/> says when it is called for less.</param>
internal sealed class OrderedLane<TKey, TValue>(int takeMax, bool waits) : Lane<TKey, TValue>
{
    private int _count;
    private int _isServed;

    internal override bool Add(PendingRecord<TKey, TValue> record)
    {
        Enqueue(record);
        Interlocked.Increment(ref _count);
        return WantsService();
    }

    internal override bool IsDue(long sinceTimestamp) =>
        Volatile.Read(ref _isServed) == 0 && HasWaitedSince(sinceTimestamp) && TryServe();

    internal override int Take(List<PendingRecord<TKey, TValue>> taken, int countMax)
    {
        var left = base.Take(taken, countMax);
        Interlocked.Add(ref _count, -left);
        return left;
    }

    internal override bool Release()
    {
        Interlocked.Exchange(ref _isServed, 0);
        return WantsService();
    }

    private bool WantsService() => Volatile.Read(ref _count) >= (waits ? takeMax : 1) && TryServe();

    private bool TryServe() => Interlocked.CompareExchange(ref _isServed, 1, 0) == 0;
}
