using System.Runtime.ExceptionServices;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Processing;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>
/// Consume, process, produce, exactly once, on a thread of its own: 1. consume; 2. go back where a rebalance has broken the
/// transaction off; 3. handle the record inside its scope and the transaction, which begins with its first one; 4. send the
/// offsets and commit, where the transaction is full or has been open long enough. What fails is aborted, and comes again.
/// </summary>
internal sealed class TransactionalLoop<TKey, TValue>(
    TracingConsumer<TKey, TValue> consumer,
    ITransactionalProducer producer,
    TransactionLimits limits,
    Func<ConsumeResult<TKey, TValue>, CancellationToken, Task> handler,
    TimeProvider time) : IAssignmentListener
{
    // Until a cancellation is seen.
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    private readonly TransactionCalls _calls = new(producer, limits.CallTimeout, time);
    private readonly Rewinder<TKey, TValue> _rewinder = new(consumer);
    private readonly FailedAttempts _failed = new();
    private RecordsInTransaction? _open;

    // What a rebalance, within Consume, has made of the open transaction.
    private Breach? _breach;

    internal Task RunAsync(CancellationToken stop) => OwnThread.RunLoopAsync(() => Run(stop));

    // Nothing of an open transaction was revoked, or it would not be open: its records stay ours in the new generation.
    void IAssignmentListener.Assigned(IReadOnlyCollection<TopicPartition> places) => _open?.Group = consumer.ConsumerGroupMetadata;

    // On the loop's thread: no record is in hand. Still ours until this returns, so what is handled is committed, in the
    // generation that says so: with a cooperative assignor that is the next one already.
    void IAssignmentListener.Revoked(IReadOnlyCollection<TopicPartition> places)
    {
        _open?.Group = consumer.ConsumerGroupMetadata;
        _breach ??= _open is null ? null : TryCommit();
        _failed.GivenAway(places);
    }

    void IAssignmentListener.Lost(IReadOnlyCollection<TopicPartition> places)
    {
        _breach ??= _open is null ? null : Breach.Lost;
        _failed.GivenAway(places);
    }

    private void Run(CancellationToken stop)
    {
        _calls.Initialise();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                Turn(stop);
            }

            End();
        }
        catch (Exception) when (_open is not null)
        {
            // Neither committed nor aborted, as far as is known: where to go on, the brokers know.
            _rewinder.ToCommittedAside(_open.First());
            throw;
        }
    }

    private void Turn(CancellationToken stop)
    {
        // 1.
        var result = Consume();

        // 2.
        if (_breach is { } breach)
        {
            _breach = null;
            var isDropped = result is not null && _open!.Has(result.TopicPartition);
            GoBack(breach, _failed.AddCommit, result, stop);
            result = isDropped ? null : result;
        }

        // 3.
        if (result is { Message: not null })
        {
            Take(result, stop);
        }

        // 4.
        if (_open is not null && IsDue(_open))
        {
            CommitOrGoBack(inHand: null, stop);
        }
    }

    private ConsumeResult<TKey, TValue>? Consume()
    {
        var left = _open is null ? PollTimeout : limits.OpenTimeMax - time.GetElapsedTime(_open.OpenedTimestamp);
        try
        {
            return ConsumeErrors.ConsumePast(consumer, left < TimeSpan.Zero ? TimeSpan.Zero : left < PollTimeout ? left : PollTimeout);
        }
        catch (ConsumeException exception)
        {
            // What came before it is not held up by it; and it is not passed over, should there be another loop.
            End();
            _rewinder.To(exception.ConsumerRecord is { Topic: not null } unread ? [unread.TopicPartitionOffset] : []);
            throw;
        }
    }

    private void Take(ConsumeResult<TKey, TValue> result, CancellationToken stop)
    {
        // Its handler has failed: the records before it are not to be aborted with it again.
        if (_open is not null && _failed.IsOf(result) && CommitOrGoBack(result, stop) is { } gone && gone.Has(result.TopicPartition))
        {
            return;
        }

        if (_open is null)
        {
            _open = new(consumer.ConsumerGroupMetadata, time.GetTimestamp());
            _open.Add(result);
            _calls.Begin();
        }
        else
        {
            _open.Add(result);
        }

        if (Handle(result, stop) is { } failure)
        {
            GoBack(failure, () => _failed.Add(result), inHand: null, stop);
        }
    }

    private Breach? Handle(ConsumeResult<TKey, TValue> result, CancellationToken stop)
    {
        using var scope = consumer.StartProcess(result);
        if (scope.Activity is { IsAllDataRequested: true } activity)
        {
            producer.Transactions.Open?.Tell(activity);
            _failed.Tell(activity, result);
        }

        try
        {
            // The thread is the loop's own: waiting here starves nobody.
            handler(result, stop).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            return Breach.BeforeCommit(exception);
        }
    }

    private bool IsDue(RecordsInTransaction open) => open.Count >= limits.RecordsMax
        || _failed.IsIn(open)
        || time.GetElapsedTime(open.OpenedTimestamp) >= limits.OpenTimeMax;

    /// <summary>What it went back over; <see langword="null"/> when it is committed.</summary>
    private RecordsInTransaction? CommitOrGoBack(ConsumeResult<TKey, TValue>? inHand, CancellationToken stop) =>
        TryCommit() is { } breach ? GoBack(breach, _failed.AddCommit, inHand, stop) : null;

    private Breach? TryCommit()
    {
        var open = _open!;
        try
        {
            _calls.SendOffsets(open.Next(), open.Group);
        }
        catch (Exception exception)
        {
            return Breach.BeforeCommit(exception);
        }

        try
        {
            _calls.Commit();
        }
        catch (Exception exception)
        {
            return Breach.OfCommit(exception);
        }

        _open = null;
        _failed.Committed(open);
        return null;
    }

    // Throws what cannot be tried again, or not any more; the record in hand, of no transaction yet, is not passed over then.
    private RecordsInTransaction GoBack(
        Breach breach, Func<int> countFailure, ConsumeResult<TKey, TValue>? inHand, CancellationToken stop)
    {
        try
        {
            return GoBack(breach, countFailure, stop);
        }
        catch (Exception) when (inHand is { Message: not null })
        {
            Rewind.To(consumer, inHand.TopicPartitionOffset);
            throw;
        }
    }

    private RecordsInTransaction GoBack(Breach breach, Func<int> countFailure, CancellationToken stop)
    {
        var open = AbortAndRewind(breach);
        if (breach.IsRebalance)
        {
            // The client may need a moment to learn of what the brokers know.
            Wait(limits.RetryDelay, stop);
            return open;
        }

        if (breach.Cause is OperationCanceledException && stop.IsCancellationRequested)
        {
            return open;
        }

        var failed = countFailure();
        if (failed >= limits.AttemptsMax)
        {
            ExceptionDispatchInfo.Throw(breach.Cause);
        }

        Wait(limits.DelayAfter(failed), stop);
        return open;
    }

    private RecordsInTransaction AbortAndRewind(Breach breach)
    {
        if (!breach.CanGoBack)
        {
            ExceptionDispatchInfo.Throw(breach.Cause);
        }

        try
        {
            _calls.Abort();
        }
        catch (Exception exception)
        {
            throw new AggregateException("The transaction could be neither committed nor aborted.", breach.Cause, exception);
        }

        var open = _open!;
        if (breach.IsRebalance)
        {
            // Somebody else may have had them in between, and got further.
            _rewinder.ToCommittedAside(open.First());
        }
        else
        {
            _rewinder.To(open.First());
        }

        _open = null;
        return open;
    }

    private void Wait(TimeSpan delay, CancellationToken stop)
    {
        try
        {
            Task.Delay(delay, time, stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // The loop ends.
        }
    }

    // What is handled is committed. Where a rebalance has come in between, it comes again, elsewhere.
    private void End()
    {
        if (_open is null)
        {
            return;
        }

        var breach = _breach ?? TryCommit();
        _breach = null;
        if (breach is not null)
        {
            AbortAndRewind(breach);
            if (!breach.IsRebalance)
            {
                ExceptionDispatchInfo.Throw(breach.Cause);
            }
        }
    }
}
