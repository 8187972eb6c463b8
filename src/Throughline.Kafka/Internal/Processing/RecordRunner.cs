using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Handles one record: 1. open its scope; 2. call the handler; 3. say how it ended.</summary>
internal sealed class RecordRunner<TKey, TValue>(
    TracingConsumer<TKey, TValue> consumer, Func<ConsumeResult<TKey, TValue>, CancellationToken, Task> handler)
    : IRecordHandling<TKey, TValue>
{
    public Take Take => Take.One;

    public DateTimeOffset? NotBefore(ConsumeResult<TKey, TValue> result) => null;

    public async Task HandleAsync(IReadOnlyList<PendingRecord<TKey, TValue>> records)
    {
        // 1.
        var record = records[0];
        var token = record.Partition.Token;
        using var scope = consumer.StartProcess(record.Result);
        try
        {
            // 2. and 3.
            await handler(record.Result, token).ConfigureAwait(false);
            record.Finish();
        }
        catch (OperationCanceledException exception) when (token.IsCancellationRequested)
        {
            // It gave up because it was told to: the record comes again.
            scope.Fail(exception);
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            record.Fail(exception);
        }
    }
}
