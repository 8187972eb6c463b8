using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Handles one record: 1. open its scope; 2. call the handler, again where that may help; 3. send on what has failed, where
/// there is a way; 4. say how it ended.
/// </summary>
internal sealed class RecordRunner<TKey, TValue>(
    TracingConsumer<TKey, TValue> consumer,
    Func<ConsumeResult<TKey, TValue>, CancellationToken, Task> handler,
    FailurePolicy failures,
    CancellationToken stop) : IRecordHandling<TKey, TValue>
{
    public Take Take => Take.One;

    public bool KeepsOriginals => failures.KeepsOriginals;

    public bool TakesUnreadable => true;

    public DateTimeOffset? NotBefore(ConsumeResult<TKey, TValue> result) => failures.DueOf(result.Topic, result.Message.Headers);

    public async Task HandleAsync(IReadOnlyList<PendingRecord<TKey, TValue>> records)
    {
        // 1.
        var record = records[0];
        var token = record.Partition.Token;
        var unreadable = record.Result as UnreadableResult<TKey, TValue>;
        using var scope = unreadable is null ? consumer.StartProcess(record.Result) : consumer.StartUnreadable(unreadable.Raw);
        Exception? failure = unreadable?.Failure;
        var attempts = 1;
        try
        {
            // 2. In this method, though it nests: a second one would cost each record another state machine.
            try
            {
                if (unreadable is null && failures.Attempts is null)
                {
                    await handler(record.Result, token).ConfigureAwait(false);
                }
                else if (unreadable is null)
                {
                    (attempts, failure) = await failures.Attempts!
                        .RunAsync(record.Result.Topic, scope.Activity, CallOf(record.Result), stop, token).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (!GivingUp.Is(exception, stop, token))
            {
                failure = exception;
            }

            // 3. and 4.
            if (failure is not null && unreadable is null && token.IsCancellationRequested)
            {
                // Told to give up, it failed in its own way; the record is somebody else's, or comes again.
                scope.Fail(failure, FailureText.MessageOf(failure));
            }
            else if (failure is null || await TrySendOnAsync(record, failure, attempts, scope).ConfigureAwait(false))
            {
                record.Finish();
            }
            else
            {
                record.Fail(failure);
            }
        }
        catch (Exception exception) when (GivingUp.Is(exception, stop, token))
        {
            // The record comes again.
            if (failure is null)
            {
                scope.Fail(exception);
            }
        }
        catch (Exception exception)
        {
            // It could not be sent on; what it failed from is told already.
            record.Fail(exception);
        }
    }

    // Apart, so that only what is repeated costs a closure.
    private Func<CancellationToken, Task> CallOf(ConsumeResult<TKey, TValue> result) => giveUp => handler(result, giveUp);

    private Task<bool> TrySendOnAsync(PendingRecord<TKey, TValue> record, Exception failure, int attempts, ProcessScope scope)
    {
        scope.Fail(failure, FailureText.MessageOf(failure));
        var failed = FailedRecord.Of(record.Result, record.Original, attempts);
        return failures.TryRouteAsync(failed, failure, scope.Activity, record.Partition.Token);
    }
}
