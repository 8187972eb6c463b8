using Confluent.Kafka;
using Throughline.Kafka;
using Throughline.Kafka.Internal;

namespace Throughline.Benchmarks.Clients;

/// <summary>Throughline's clients over an inner one that does nothing.</summary>
internal static class Traced
{
    // Nobody else tells the size: tags are to be equal.
    private static readonly KafkaTracingOptions EqualTags = new() { Capture = { Sizes = false } };

    /// <summary>The producer that TracingProducerBuilder makes, but for the inner client.</summary>
    internal static IProducer<string, string> Built(NoopProducer inner, KafkaClientDescription description) =>
        new TracingProducer<string, string>(inner, description, EqualTags, InnerClient.Confluents());

    /// <summary>The producer that WithTracing makes, around a client that it knows nothing of.</summary>
    internal static IProducer<string, string> Wrapped(NoopProducer inner, KafkaClientDescription description) =>
        inner.WithTracing(description, EqualTags);

    internal static TracingConsumer<string, string> Consumer(ConsumeResult<string, string> record) =>
        new NoopConsumer(record).WithTracing(new() { ClientId = Orders.ClientId, GroupId = Orders.Group }, EqualTags);
}
