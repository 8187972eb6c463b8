using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>What a program sets for all clients.</summary>
internal sealed record SharedConfiguration(Action<ClientConfig>? Client, Action<KafkaTracingOptions>? Tracing);
