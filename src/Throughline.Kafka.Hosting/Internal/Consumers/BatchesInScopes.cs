using Microsoft.Extensions.DependencyInjection;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>A scope, and a handler from it, for each batch.</summary>
internal sealed class BatchesInScopes<TKey, TValue, THandler> : IScopedHandling<TKey, TValue>
    where THandler : class, IBatchHandler<TKey, TValue>
{
    public bool TakesBatches => true;

    public Task RunAsync(
        TracingConsumer<TKey, TValue> consumer,
        KafkaConsumerOptions options,
        IServiceScopeFactory scopes,
        FailurePlaces failures,
        CancellationToken stop) => consumer.ProcessBatchesAsync(
            (batch, cancellation) => HandleAsync(batch, scopes, failures, cancellation), options.Batch, options.Processing, stop);

    private static async Task HandleAsync(
        RecordBatch<TKey, TValue> batch, IServiceScopeFactory scopes, FailurePlaces failures, CancellationToken cancellation)
    {
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(batch, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            failures.Note(exception, batch[0].TopicPartitionOffset);
            throw;
        }
    }
}
