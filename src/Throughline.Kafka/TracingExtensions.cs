using Confluent.Kafka;
using Throughline.Kafka.Internal.Metrics;

namespace Throughline.Kafka;

/// <summary>Wraps clients that somebody else built: mocks, other decorators, clients from a container.</summary>
public static class TracingExtensions
{
    /// <summary>A producer that traces the sends of <paramref name="producer"/>, and disposes it.</summary>
    /// <param name="producer">The producer to wrap.</param>
    /// <param name="description">What the interface does not tell of it; <see langword="null"/> when nothing is known.</param>
    /// <param name="options">What is told; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">It is a tracing producer already, or an option is not allowed; the message names it.</exception>
    /// <exception cref="NotSupportedException"><see cref="KafkaTracingOptions.StatisticsInterval"/> is set: the client is built already.</exception>
    public static TracingProducer<TKey, TValue> WithTracing<TKey, TValue>(
        this IProducer<TKey, TValue> producer, KafkaClientDescription? description = null, KafkaTracingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(producer);
        RefuseIf(producer is TracingProducer<TKey, TValue>, nameof(producer));
        options ??= new();
        StatisticsSettings.RefuseForWrapped(options, "TracingProducerBuilder");
        return new(producer, description ?? new(), options);
    }

    /// <summary>A consumer that traces the records of <paramref name="consumer"/>, and disposes it.</summary>
    /// <param name="consumer">The consumer to wrap.</param>
    /// <param name="description">What the interface does not tell of it; <see langword="null"/> when nothing is known.</param>
    /// <param name="options">What is told; <see langword="null"/> for the defaults.</param>
    /// <exception cref="NotSupportedException">
    /// <see cref="KafkaTracingOptions.AutomaticCommitSpans"/> is <see langword="true"/>, or
    /// <see cref="KafkaTracingOptions.StatisticsInterval"/> is set: the client reports its own commits, and its statistics,
    /// only to handlers that are set when it is built.
    /// </exception>
    public static TracingConsumer<TKey, TValue> WithTracing<TKey, TValue>(
        this IConsumer<TKey, TValue> consumer, KafkaClientDescription? description = null, KafkaTracingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        RefuseIf(consumer is TracingConsumer<TKey, TValue>, nameof(consumer));
        options ??= new();
        StatisticsSettings.RefuseForWrapped(options, "TracingConsumerBuilder");
        if (options.AutomaticCommitSpans == true)
        {
            throw new NotSupportedException(
                $"{nameof(KafkaTracingOptions)}.{nameof(KafkaTracingOptions.AutomaticCommitSpans)} is true, but a wrapped "
                + "consumer does not say when it commits by itself; allowed: null or false, or build the consumer with "
                + "TracingConsumerBuilder.");
        }

        return new(consumer, description ?? new(), options);
    }

    private static void RefuseIf(bool isTracing, string name)
    {
        if (isTracing)
        {
            throw new ArgumentException($"The {name} traces already: traced twice, each record would have two spans.", name);
        }
    }
}
