using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>A record from when it was taken from the client until it can be committed.</summary>
/// <remarks>
/// The loop makes it, drops it, takes it back. In between it belongs to the worker that has begun it, which says how it
/// ended.
/// </remarks>
internal sealed class PendingRecord<TKey, TValue>(
    ConsumeResult<TKey, TValue> result, PartitionWork<TKey, TValue> partition, long takenTimestamp)
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Dropped = 2;

    private int _state;

    internal ConsumeResult<TKey, TValue> Result => result;

    internal PartitionWork<TKey, TValue> Partition => partition;

    internal long TakenTimestamp => takenTimestamp;

    /// <summary>Its key and value as they came; <see langword="null"/> where nobody wants them.</summary>
    internal OriginalBytes? Original { get; init; }

    internal RecordOutcome Outcome { get; private set; }

    internal Exception? Failure { get; private set; }

    /// <summary>The worker is done with it, and the loop knows.</summary>
    internal bool IsHandedBack { get; set; }

    internal bool IsBeingHandled => !IsHandedBack && Volatile.Read(ref _state) == Begun;

    internal bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Does nothing where a worker has begun it.</summary>
    internal void Drop() => Interlocked.CompareExchange(ref _state, Dropped, Waiting);

    internal void Finish() => Outcome = RecordOutcome.Finished;

    internal void Fail(Exception failure) => (Outcome, Failure) = (RecordOutcome.Failed, failure);
}
