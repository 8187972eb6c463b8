namespace Throughline.Kafka.Internal.Processing;

/// <summary>A lane that any number of workers serve at a time: they are called once for each full take.</summary>
/// <param name="takeMax">Records that a worker takes at a time.</param>
/// <param name="waits">A worker is called for a full take only; <see cref="IsDue"/> says when it is called for less.</param>
internal sealed class SharedLane<TKey, TValue>(int takeMax, bool waits) : Lane<TKey, TValue>
{
    // Records that no worker was called for yet. Only the loop asks.
    private int _uncalled;
    private long _firstUncalledTimestamp;

    internal override bool Add(PendingRecord<TKey, TValue> record)
    {
        Enqueue(record);
        if (_uncalled++ == 0)
        {
            _firstUncalledTimestamp = record.TakenTimestamp;
        }

        return _uncalled >= (waits ? takeMax : 1) && Call();
    }

    internal override bool IsDue(long sinceTimestamp) => _uncalled > 0 && _firstUncalledTimestamp <= sinceTimestamp && Call();

    internal override bool Release() => false;

    private bool Call()
    {
        _uncalled = 0;
        return true;
    }
}
