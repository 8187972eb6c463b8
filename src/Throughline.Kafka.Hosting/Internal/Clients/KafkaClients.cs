using Throughline.Kafka.Hosting.Internal.Producers;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>Makes clients while the host runs.</summary>
internal sealed class KafkaClients(KafkaSettings settings, HostedProducers producers, ClientFactory factory, ClientsLeft left)
    : IKafkaClients
{
    public TracingProducer<TKey, TValue> CreateProducer<TKey, TValue>(
        string name, Action<KafkaProducerOptions>? configure = null, Action<TracingProducerBuilder<TKey, TValue>>? build = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var options = settings.Producer(name, configure);
        var producer = factory.Build<TKey, TValue>(name, options, (_, builder) => build?.Invoke(builder)).Client;
        left.Add(producer, options.FlushTimeout, factory.ProducerLogger(name));
        return producer;
    }

    public TracingConsumer<TKey, TValue> CreateConsumer<TKey, TValue>(
        string name, Action<KafkaConsumerOptions>? configure = null, Action<TracingConsumerBuilder<TKey, TValue>>? build = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var options = settings.Consumer(name, new([], configure, producers.ForFailures, IsHosted: false, TakesBatches: true));
        var consumer = factory.Build<TKey, TValue>(name, options, (_, builder) => build?.Invoke(builder)).Client;
        left.Add(consumer, factory.ConsumerLogger(name));
        if (options.Topics.Count > 0)
        {
            consumer.Subscribe(options.AllTopics);
        }

        return consumer;
    }
}
