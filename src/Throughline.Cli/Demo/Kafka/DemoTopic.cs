namespace Throughline.Cli.Demo.Kafka;

/// <summary>Where the demo's records go.</summary>
internal sealed record DemoTopic(string BootstrapServers, string Name, string Group)
{
    /// <summary>What the consumer is configured with besides, as the sample's KAFKA_CONFIG; null for nothing.</summary>
    public string? ConsumerConfig { get; init; }
}
