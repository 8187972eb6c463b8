using Confluent.Kafka;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting;

/// <summary>A producer's settings. Read once, when it is made.</summary>
public sealed class KafkaProducerOptions
{
    /// <summary>The client's own settings. In a configuration: <c>Client:{librdkafka's name}</c>, and <c>BootstrapServers</c>.</summary>
    public ProducerConfig Client { get; } = new();

    /// <summary>What is told of its records.</summary>
    public KafkaTracingOptions Tracing { get; } = new();

    /// <summary>
    /// How long the host's stop waits for records that are still on their way, zero to 10 minutes. What is not delivered by
    /// then is lost, and logged as an error. Default: 10 s.
    /// </summary>
    public TimeSpan FlushTimeout { get; set; } = TimeSpan.FromSeconds(10);

    internal SettingPaths Paths { get; } = new();
}
