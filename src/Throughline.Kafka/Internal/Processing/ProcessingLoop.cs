using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// The plain loop: 1. consume; 2. handle inside the record's scope; 3. store the offset; 4. commit, where the client does
/// not; and once more at the end.
/// </summary>
internal sealed class ProcessingLoop<TKey, TValue>(
    TracingConsumer<TKey, TValue> consumer,
    ProcessingSettings settings,
    Func<ConsumeResult<TKey, TValue>, CancellationToken, Task> handler)
{
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(5);

    // Until the cancellation is seen, and a commit that is due while the topic is idle.
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    private long _committedTimestamp = Stopwatch.GetTimestamp();
    private bool _hasUncommitted;

    /// <summary>Runs on a thread of its own: Consume blocks, and a pool thread is not for that.</summary>
    internal Task RunAsync(CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Run(cancellationToken),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Run(CancellationToken cancellationToken)
    {
        // Whoever called ProcessAsync is not what the records, or the commits, belong to.
        AmbientScope.Open(default);
        Activity.Current = null;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                // 1.
                if (Consume() is { Message: not null } result && !Handle(result, cancellationToken))
                {
                    break;
                }

                // 4.
                CommitWhenDue();
            }
        }
        catch (Exception)
        {
            CommitStoredAside();
            throw;
        }

        CommitStored();
    }

    private ConsumeResult<TKey, TValue>? Consume()
    {
        try
        {
            return consumer.Consume(PollTimeout);
        }
        catch (ConsumeException exception) when (Passes(exception.Error))
        {
            // Counted where it was thrown. The client goes on by itself: a topic is created, a broker comes back.
            KafkaEventSource.Log.ConsumeFailed(exception.Error.ToString());
            return null;
        }
    }

    // What another Consume may not run into again: neither a record that cannot be read nor a refused permission.
    private static bool Passes(Error error) => !error.IsFatal && error.Code is not (
        ErrorCode.Local_KeyDeserialization or ErrorCode.Local_ValueDeserialization
        or ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed
        or ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed);

    // 2. and 3. False when the handler gave up because of the cancellation: its record stays unfinished.
    private bool Handle(ConsumeResult<TKey, TValue> result, CancellationToken cancellationToken)
    {
        using var scope = consumer.StartProcess(result);
        try
        {
            // The thread is the loop's own: waiting here starves nobody.
            handler(result, cancellationToken).GetAwaiter().GetResult();
            consumer.StoreOffset(result);
            _hasUncommitted = true;
            return true;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            scope.Fail(exception);
            return false;
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }

    private void CommitWhenDue()
    {
        if (!settings.CommitsItself && Stopwatch.GetElapsedTime(_committedTimestamp) >= CommitInterval)
        {
            CommitStored();
        }
    }

    private void CommitStored()
    {
        _committedTimestamp = Stopwatch.GetTimestamp();
        if (!_hasUncommitted)
        {
            return;
        }

        try
        {
            consumer.Commit();
            _hasUncommitted = false;
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_NoOffset)
        {
            // The client has committed them already.
            _hasUncommitted = false;
        }
    }

    // On the way out with the handler's exception, which must not be lost to another one.
    private void CommitStoredAside()
    {
        try
        {
            CommitStored();
        }
        catch (KafkaException exception)
        {
            // The commit's span and metric tell it; the records come again.
            KafkaEventSource.Log.ConsumeFailed(exception.Error.ToString());
        }
    }
}
