using Microsoft.Extensions.DependencyInjection;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>Processes a consumer's records by a handler that is taken from a scope each time.</summary>
internal interface IScopedHandling<TKey, TValue>
{
    bool TakesBatches { get; }

    /// <summary>Processes until stopped.</summary>
    /// <exception cref="ArgumentException">An option is not allowed; thrown at once, not by the task.</exception>
    Task RunAsync(
        TracingConsumer<TKey, TValue> consumer,
        KafkaConsumerOptions options,
        IServiceScopeFactory scopes,
        FailurePlaces failures,
        CancellationToken stop);
}
