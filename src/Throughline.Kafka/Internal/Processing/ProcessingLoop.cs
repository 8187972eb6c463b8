using System.Runtime.ExceptionServices;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// The loop, on a thread of its own, which alone uses the consumer: 1. take back what workers have finished; 2. store and
/// commit; 3. pause or resume; 4. consume; 5. give the record to its lane, where a worker finds it. At the end it drains.
/// </summary>
internal sealed class ProcessingLoop<TKey, TValue> : IAssignmentListener
{
    // Until a cancellation is seen.
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    // While something is paused, so that it is resumed soon after it may be.
    private static readonly TimeSpan PausedPollTimeout = TimeSpan.FromMilliseconds(5);

    // For handlers that were told to give up.
    private static readonly TimeSpan GiveUpTimeout = TimeSpan.FromSeconds(5);

    // For workers whose handlers have ended.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(1);

    private readonly TracingConsumer<TKey, TValue> _consumer;
    private readonly ProcessingLimits _limits;
    private readonly IRecordHandling<TKey, TValue> _handling;
    private readonly TimeProvider _time;
    private readonly Completions<TKey, TValue> _completions = new();
    private readonly Partitions<TKey, TValue> _partitions = new();
    private readonly Pauses<TKey, TValue> _pauses;
    private readonly BackPressure<TKey, TValue> _pressure;
    private readonly HandOut<TKey, TValue> _handOut;
    private readonly OffsetKeeper<TKey, TValue> _offsets;
    private Exception? _failure;

    internal ProcessingLoop(
        TracingConsumer<TKey, TValue> consumer,
        ProcessingSettings settings,
        ProcessingLimits limits,
        IRecordHandling<TKey, TValue> handling,
        TimeProvider time)
    {
        _consumer = consumer;
        _limits = limits;
        _handling = handling;
        _time = time;
        _pauses = new(consumer);
        _pressure = new(() => consumer.Assignment, _partitions, _pauses, limits, handling.Take, time);
        _handOut = new(limits, handling, _pauses, time);
        _offsets = new(consumer, settings.CommitsItself, limits.CommitInterval, time);
    }

    /// <summary>Runs until cancelled, or until a failure that nothing took care of.</summary>
    internal Task RunAsync(CancellationToken stop) => OwnThread.RunLoopAsync(() => Run(stop));

    void IAssignmentListener.Assigned(IReadOnlyCollection<TopicPartition> places)
    {
        // A new assignment begins anew, should the end of the old one have gone unnoticed.
        Leave(Known(places));
        _pressure.AssignmentChanged();
    }

    void IAssignmentListener.Revoked(IReadOnlyCollection<TopicPartition> places)
    {
        var partitions = Known(places);
        Drain(partitions);
        _offsets.CommitAndForget(partitions);
        Leave(partitions);
    }

    void IAssignmentListener.Lost(IReadOnlyCollection<TopicPartition> places)
    {
        var partitions = Known(places);
        partitions.ForEach(partition => partition.GiveUp());
        Drain(partitions);
        Leave(partitions);
    }

    private void Run(CancellationToken stop)
    {
        _consumer.Originals?.Keep(_handling.KeepsOriginals);
        _handOut.Start(_completions, stop);
        try
        {
            while (!stop.IsCancellationRequested && _failure is null)
            {
                Turn();
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        End();
    }

    private void Turn()
    {
        // 1.
        TakeBack();

        // 2.
        var nowTimestamp = _time.GetTimestamp();
        _offsets.StoreAndCommitWhenDue(nowTimestamp);

        // 3.
        _pressure.Apply(nowTimestamp);
        if (!_pressure.MayPoll)
        {
            _handOut.CallWorkersWhereDue();
            _completions.Wait(_pressure.RoomWanted, WaitFor());
            return;
        }

        // 4. and 5.
        if (Consume() is { Message: not null } result)
        {
            Take(result);
        }

        _handOut.CallWorkersWhereDue();
    }

    private void TakeBack()
    {
        while (_completions.TryTake(out var record))
        {
            record.IsHandedBack = true;
            if (record.Outcome == RecordOutcome.Failed)
            {
                _failure ??= record.Failure;
            }

            // What is finished after its partition was given away comes again, elsewhere.
            if (_partitions.Has(record.Partition) && record.Partition.Advance() is > 0 and var advanced)
            {
                _offsets.Advanced(record.Partition);
                _pressure.Finished(record.Partition, advanced);
            }
        }
    }

    private ConsumeResult<TKey, TValue>? Consume()
    {
        try
        {
            return ConsumeErrors.ConsumePast(_consumer, WaitFor());
        }
        catch (ConsumeException exception) when (_handling.TakesUnreadable && ConsumeErrors.IsUnreadable(exception.Error))
        {
            if (UnreadableResult<TKey, TValue>.Of(exception) is { } unreadable)
            {
                return unreadable;
            }

            throw;
        }
    }

    private TimeSpan WaitFor() => _handOut.UntilDue(
        _pauses.AnyForPressure ? PausedPollTimeout : _pressure.IsCrowded ? BackPressure<TKey, TValue>.RoomWaitMax : PollTimeout);

    private void Take(ConsumeResult<TKey, TValue> result)
    {
        var partition = _partitions.Find(result.Topic, result.Partition.Value);
        if (partition is not null && !partition.IsContinuedBy(result.Offset))
        {
            // Somebody has called Seek, or the client was assigned anew and could not tell us.
            Leave([partition]);
            partition = null;
        }

        partition ??= _partitions.Of(result.TopicPartition);
        var record = partition.Take(result, _consumer.Originals?.Take(), _time.GetTimestamp());
        _pressure.Taken(partition);
        _handOut.Take(record);
    }

    private List<PartitionWork<TKey, TValue>> Known(IEnumerable<TopicPartition> places) =>
        [.. places.Select(place => _partitions.Find(place.Topic, place.Partition.Value)).OfType<PartitionWork<TKey, TValue>>()];

    // Records that wait are dropped. Handlers may go on for a while, then are told to give up, and given as long again: a
    // record must not be handled by two consumers at once for longer than needed.
    private void Drain(IReadOnlyCollection<PartitionWork<TKey, TValue>> partitions)
    {
        foreach (var partition in partitions)
        {
            partition.DropWaiting();
        }

        if (!WaitUntilHandled(partitions, _limits.DrainTimeout))
        {
            foreach (var partition in partitions)
            {
                partition.GiveUp();
            }

            WaitUntilHandled(partitions, GiveUpTimeout);
        }
    }

    private bool WaitUntilHandled(IReadOnlyCollection<PartitionWork<TKey, TValue>> partitions, TimeSpan timeout)
    {
        var startTimestamp = _time.GetTimestamp();
        while (true)
        {
            TakeBack();
            if (!partitions.Any(partition => partition.IsBeingHandled))
            {
                return true;
            }

            var left = timeout - _time.GetElapsedTime(startTimestamp);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            _completions.Wait(1, left);
        }
    }

    private void Leave(List<PartitionWork<TKey, TValue>> partitions)
    {
        foreach (var partition in partitions)
        {
            partition.DropWaiting();
            partition.GiveUp();
            _offsets.Forget(partition);
            _pauses.Forget(partition);
            _handOut.Forget(partition);
            _pressure.Left(partition);
            _partitions.Remove(partition);
        }
    }

    private void End()
    {
        Drain(_partitions.All);
        if (!_handOut.End(EndTimeout))
        {
            KafkaEventSource.Log.HandlerLeftBehind(_limits.DrainTimeout.TotalSeconds);
        }

        foreach (var partition in _partitions.All)
        {
            GoBackToUnfinished(partition);
        }

        if (_failure is null)
        {
            _offsets.StoreAndCommit();
            return;
        }

        _offsets.StoreAndCommitAside();
        ExceptionDispatchInfo.Throw(_failure);
    }

    // Another loop on the same consumer goes on there, and not behind what was dropped, or what the client took from its queue
    // and could not hand out for the exception of a callback.
    private void GoBackToUnfinished(PartitionWork<TKey, TValue> partition)
    {
        _pauses.Resume(partition, partition.Paused);
        if (partition.Next is { } next)
        {
            Rewind.To(_consumer, next);
        }
    }
}
