using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Throughline.Kafka.Hosting.Internal.Clients;
using Throughline.Kafka.Hosting.Internal.Producers;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>A consumer that was added to the host, with what the program sets.</summary>
internal sealed class ConsumerRegistration<TKey, TValue>(
    string name,
    IReadOnlyList<string> topics,
    Action<KafkaConsumerOptions>? configure,
    Action<IServiceProvider, TracingConsumerBuilder<TKey, TValue>>? build,
    IScopedHandling<TKey, TValue> handling) : IConsumerRegistration
{
    public string Name => name;

    internal IReadOnlyList<string> Topics => topics;

    internal Action<KafkaConsumerOptions>? Configure => configure;

    internal Action<IServiceProvider, TracingConsumerBuilder<TKey, TValue>>? Build => build;

    internal IScopedHandling<TKey, TValue> Handling => handling;

    public IHostedConsumer Create(IServiceProvider services) => new HostedConsumer<TKey, TValue>(
        this,
        services.GetRequiredService<KafkaSettings>(),
        services.GetRequiredService<HostedProducers>(),
        services.GetRequiredService<ClientFactory>(),
        services.GetRequiredService<IServiceScopeFactory>(),
        services.GetRequiredService<IHostApplicationLifetime>(),
        services.GetRequiredService<TimeProvider>());
}
