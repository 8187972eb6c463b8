using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>A scope, and a handler from it, for each record.</summary>
internal sealed class RecordsInScopes<TKey, TValue, THandler> : IScopedHandling<TKey, TValue>
    where THandler : class, IRecordHandler<TKey, TValue>
{
    public bool TakesBatches => false;

    public Task RunAsync(
        TracingConsumer<TKey, TValue> consumer,
        KafkaConsumerOptions options,
        IServiceScopeFactory scopes,
        FailurePlaces failures,
        CancellationToken stop) => consumer.ProcessAsync(
            (record, cancellation) => HandleAsync(record, scopes, failures, cancellation), options.Processing, stop);

    private static async Task HandleAsync(
        ConsumeResult<TKey, TValue> record, IServiceScopeFactory scopes, FailurePlaces failures, CancellationToken cancellation)
    {
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(record, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            failures.Note(exception, record.TopicPartitionOffset);
            throw;
        }
    }
}
