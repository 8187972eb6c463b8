using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Handles a batch: 1. open its scope, if it has one; 2. call the handler; 3. say how each record ended.</summary>
internal sealed class BatchRunner<TKey, TValue>(
    TracingConsumer<TKey, TValue> consumer,
    Func<RecordBatch<TKey, TValue>, CancellationToken, Task> handler,
    Take take,
    BatchSpans spans) : IRecordHandling<TKey, TValue>
{
    public Take Take => take;

    public DateTimeOffset? NotBefore(ConsumeResult<TKey, TValue> result) => null;

    public async Task HandleAsync(IReadOnlyList<PendingRecord<TKey, TValue>> records)
    {
        // 1.
        var batch = new RecordBatch<TKey, TValue>(consumer, records.Select(record => record.Result));
        using var giveUp = BatchToken.Of(records);
        using var scope = spans == BatchSpans.OneWithLinks ? consumer.StartBatch(batch) : null;
        try
        {
            // 2. and 3.
            await handler(batch, giveUp.Token).ConfigureAwait(false);
            Conclude(records, batch, scope);
        }
        catch (OperationCanceledException exception) when (giveUp.Token.IsCancellationRequested)
        {
            // It gave up because it was told to: the records come again.
            scope?.Fail(exception);
        }
        catch (Exception exception)
        {
            scope?.Fail(exception);
            foreach (var record in records)
            {
                record.Fail(exception);
            }
        }
    }

    private static void Conclude(
        IReadOnlyList<PendingRecord<TKey, TValue>> records, RecordBatch<TKey, TValue> batch, ProcessScope? scope)
    {
        var failures = batch.TakeFailures();
        var failed = failures.Count == 0
            ? null
            : new BatchFailedException(
                batch.Count, [.. failures.Select(failure => KeyValuePair.Create(failure.Key.TopicPartitionOffset, failure.Value))]);
        if (failed is not null)
        {
            scope?.Fail(failed);
        }

        foreach (var record in records)
        {
            if (failed is not null && failures.Any(failure => failure.Key == record.Result))
            {
                record.Fail(failed);
            }
            else
            {
                record.Finish();
            }
        }
    }
}
