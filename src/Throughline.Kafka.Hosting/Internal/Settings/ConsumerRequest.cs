using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>What is asked for when a consumer's settings are put together.</summary>
/// <param name="Topics">What it subscribes to unless the configuration says.</param>
/// <param name="Configure">What the program sets.</param>
/// <param name="ForFailures">The producer that sends failed records on, if that is configured.</param>
/// <param name="IsHosted">It consumes by itself, and so needs topics.</param>
/// <param name="TakesBatches">What a batch is matters to it.</param>
internal sealed record ConsumerRequest(
    IReadOnlyList<string> Topics,
    Action<KafkaConsumerOptions>? Configure,
    Func<IProducer<byte[], byte[]>> ForFailures,
    bool IsHosted,
    bool TakesBatches);
