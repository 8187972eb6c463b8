using Microsoft.Extensions.DependencyInjection;

namespace Throughline.Kafka.Hosting.Internal.Producers;

/// <summary>A producer that was added to the host, with what the program sets.</summary>
internal sealed class ProducerRegistration<TKey, TValue>(
    string name, Action<KafkaProducerOptions>? configure, Action<IServiceProvider, TracingProducerBuilder<TKey, TValue>>? build)
    : IProducerRegistration
{
    public string Name => name;

    internal Action<KafkaProducerOptions>? Configure => configure;

    internal Action<IServiceProvider, TracingProducerBuilder<TKey, TValue>>? Build => build;

    public void Prepare(HostedProducers producers) => producers.Get(this);

    /// <exception cref="KafkaSettingsException">Its settings are wrong.</exception>
    internal TracingProducer<TKey, TValue> Get(IServiceProvider services) => services.GetRequiredService<HostedProducers>().Get(this);
}
