using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Handles a batch: 1. send on what no handler can read; 2. open the scope, if it has one; 3. call the handler, again where
/// that may help; 4. send on the records that failed; 5. say how each ended.
/// </summary>
internal sealed class BatchRunner<TKey, TValue>(
    TracingConsumer<TKey, TValue> consumer,
    Func<RecordBatch<TKey, TValue>, CancellationToken, Task> handler,
    Take take,
    BatchSpans spans,
    FailurePolicy failures,
    CancellationToken stop) : IRecordHandling<TKey, TValue>
{
    private readonly FailedInBatch<TKey, TValue> _failed = new(consumer, failures);

    public Take Take => take;

    public bool KeepsOriginals => failures.KeepsOriginals;

    public bool TakesUnreadable => true;

    public DateTimeOffset? NotBefore(ConsumeResult<TKey, TValue> result) => failures.DueOf(result.Topic, result.Message.Headers);

    public async Task HandleAsync(IReadOnlyList<PendingRecord<TKey, TValue>> records)
    {
        // 1.
        var readable = new List<PendingRecord<TKey, TValue>>(records.Count);
        foreach (var record in records)
        {
            if (record.Result is UnreadableResult<TKey, TValue> unreadable)
            {
                await _failed.ConcludeAsync(record, unreadable.Failure, unreadable.Failure, attempts: 0, handled: null).ConfigureAwait(false);
            }
            else
            {
                readable.Add(record);
            }
        }

        if (readable.Count > 0)
        {
            await HandleReadableAsync(readable).ConfigureAwait(false);
        }
    }

    // A batch can be of several partitions. Where one of them is given away and the handler gives up, the others' records are
    // handled without it: nobody else would.
    private async Task HandleReadableAsync(List<PendingRecord<TKey, TValue>> records)
    {
        while (records.Count > 0)
        {
            using var giveUp = BatchToken.Of(records);
            if (await TryHandleAsync(records, giveUp.Token).ConfigureAwait(false) || stop.IsCancellationRequested)
            {
                return;
            }

            records = records.FindAll(record => !record.Partition.Token.IsCancellationRequested);
        }
    }

    // False when the handler gave up.
    private async Task<bool> TryHandleAsync(List<PendingRecord<TKey, TValue>> records, CancellationToken token)
    {
        var batch = new RecordBatch<TKey, TValue>(consumer, records.Select(record => record.Result));
        Exception? failure;
        int attempts;

        // 2. and 3.
        using (var scope = spans == BatchSpans.OneWithLinks ? consumer.StartBatch(batch) : null)
        {
            try
            {
                (attempts, failure) = await CallAsync(batch, scope, token).ConfigureAwait(false);
                failure ??= BatchFailedException.Of(batch);
                if (failure is not null)
                {
                    scope?.Fail(failure, FailureText.MessageOf(failure));
                }

                if (failure is not null && token.IsCancellationRequested)
                {
                    // Told to give up, it failed in its own way.
                    return false;
                }
            }
            catch (Exception exception) when (GivingUp.Is(exception, stop, token))
            {
                scope?.Fail(exception);
                return false;
            }
        }

        // 4. and 5.
        foreach (var record in records)
        {
            var own = failure is null or BatchFailedException ? batch.FailureOf(record.Result) : failure;
            if (own is null)
            {
                record.Finish();
            }
            else
            {
                await _failed.ConcludeAsync(record, own, failure!, attempts, batch).ConfigureAwait(false);
            }
        }

        return true;
    }

    private async Task<AttemptOutcome> CallAsync(RecordBatch<TKey, TValue> batch, ProcessScope? scope, CancellationToken token)
    {
        if (failures.Attempts is { } attempts)
        {
            return await attempts.RunAsync(batch[0].Topic, scope?.Activity, CallAnewAsync, stop, token).ConfigureAwait(false);
        }

        try
        {
            await handler(batch, token).ConfigureAwait(false);
            return new(1, null);
        }
        catch (Exception exception) when (!GivingUp.Is(exception, stop, token))
        {
            return new(1, exception);
        }

        Task CallAnewAsync(CancellationToken giveUp)
        {
            batch.Forget();
            return handler(batch, giveUp);
        }
    }
}
