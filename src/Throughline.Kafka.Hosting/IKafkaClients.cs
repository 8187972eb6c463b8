namespace Throughline.Kafka.Hosting;

/// <summary>
/// Makes clients while the host runs, with the settings that clients made at its start have. They are the caller's to
/// dispose; what the caller leaves behind is flushed, closed and disposed with the host.
/// </summary>
public interface IKafkaClients
{
    /// <summary>Makes a producer.</summary>
    /// <param name="name">Its name: what <c>Producers:{name}</c> configures, and how it is logged.</param>
    /// <param name="configure">What the program sets, after the configuration has been read.</param>
    /// <param name="build">What the program sets on the client's builder: serializers, handlers, partitioners.</param>
    /// <typeparam name="TKey">The type of keys.</typeparam>
    /// <typeparam name="TValue">The type of values.</typeparam>
    /// <exception cref="KafkaSettingsException">Settings are wrong; it names each by its key.</exception>
    TracingProducer<TKey, TValue> CreateProducer<TKey, TValue>(
        string name, Action<KafkaProducerOptions>? configure = null, Action<TracingProducerBuilder<TKey, TValue>>? build = null);

    /// <summary>
    /// Makes a consumer, subscribed to its <see cref="KafkaConsumerOptions.Topics"/> if there are any, and fit for
    /// <see cref="TracingConsumer{TKey,TValue}.ProcessAsync(Func{Confluent.Kafka.ConsumeResult{TKey,TValue},CancellationToken,Task},ProcessingOptions,CancellationToken)"/>:
    /// it commits only what was processed or stored.
    /// </summary>
    /// <param name="name">Its name: what <c>Consumers:{name}</c> configures, and how it is logged.</param>
    /// <param name="configure">What the program sets, after the configuration has been read.</param>
    /// <param name="build">What the program sets on the client's builder: deserializers, handlers.</param>
    /// <typeparam name="TKey">The type of keys.</typeparam>
    /// <typeparam name="TValue">The type of values.</typeparam>
    /// <exception cref="KafkaSettingsException">Settings are wrong; it names each by its key.</exception>
    TracingConsumer<TKey, TValue> CreateConsumer<TKey, TValue>(
        string name, Action<KafkaConsumerOptions>? configure = null, Action<TracingConsumerBuilder<TKey, TValue>>? build = null);
}
