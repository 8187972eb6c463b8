using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// One partition while it is assigned: its records in their order, and up to where all of them are finished. Only the loop's
/// thread uses it, but for the token.
/// </summary>
[SuppressMessage(
    "Reliability", "CA1001", Justification = "A handler that outlives its partition may still register with the token; without a timer there is nothing to free.")]
internal sealed class PartitionWork<TKey, TValue>(TopicPartition place)
{
    // In the order of their offsets.
    private readonly Queue<PendingRecord<TKey, TValue>> _records = new();

    private readonly CancellationTokenSource _giveUp = new();
    private ConsumeResult<TKey, TValue>? _lastFinished;
    private long _lastTaken = -1;

    internal TopicPartition Place => place;

    /// <summary>Cancelled when its handlers are to give up.</summary>
    internal CancellationToken Token => _giveUp.Token;

    internal PauseReasons Paused { get; set; }

    /// <summary>Records that are not committable yet.</summary>
    internal int InFlight => _records.Count;

    internal bool IsBeingHandled => _records.Any(record => record.IsBeingHandled);

    /// <summary>Where its records wait, if they wait for each other only.</summary>
    internal Lane<TKey, TValue>? Lane { get; set; }

    /// <summary>Whether this record comes after those that were taken: else the client was rewound, or assigned anew.</summary>
    internal bool IsContinuedBy(Offset offset) => offset.Value > _lastTaken;

    internal PendingRecord<TKey, TValue> Take(ConsumeResult<TKey, TValue> result, OriginalBytes? original, long nowTimestamp)
    {
        var record = new PendingRecord<TKey, TValue>(result, this, nowTimestamp) { Original = original };
        _lastTaken = result.Offset.Value;
        _records.Enqueue(record);
        return record;
    }

    /// <summary>Forgets the finished records before the first that is not, and says how many.</summary>
    internal int Advance()
    {
        var advanced = 0;
        while (_records.TryPeek(out var first) && first is { IsHandedBack: true, Outcome: RecordOutcome.Finished })
        {
            _lastFinished = _records.Dequeue().Result;
            advanced++;
        }

        return advanced;
    }

    /// <summary>Where the group is to go on from; <see langword="null"/> if that has been taken already.</summary>
    internal TopicPartitionOffset? TakeProgress()
    {
        var last = _lastFinished;
        _lastFinished = null;
        return last is null ? null : new TopicPartitionOffset(Place, last.Offset + 1, last.LeaderEpoch);
    }

    /// <summary>Where to go on from: the first record that is not finished, else behind the last that was taken.</summary>
    internal TopicPartitionOffset? Next => _records.TryPeek(out var first) ? first.Result.TopicPartitionOffset
        : _lastTaken < 0 ? null : new TopicPartitionOffset(Place, _lastTaken + 1);

    internal void DropWaiting()
    {
        foreach (var record in _records)
        {
            record.Drop();
        }
    }

    /// <summary>Tells its handlers to give up. What they have registered for that runs, and fails, elsewhere.</summary>
    internal void GiveUp() => _ = _giveUp.CancelAsync().ContinueWith(
        static failed => failed.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
