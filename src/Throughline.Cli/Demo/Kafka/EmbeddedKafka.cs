using Throughline.Testing;

namespace Throughline.Cli.Demo.Kafka;

/// <summary>A broker inside this process.</summary>
internal sealed class EmbeddedKafka : IDemoKafka
{
    private const int Partitions = 3;
    private const string TopicName = "order-events";

    // Real brokers answer a waiting fetch as soon as a record comes, this one only when its time is up.
    private const string PromptFetches = "fetch.wait.max.ms=5";

    private readonly EmbeddedBroker _broker;

    private EmbeddedKafka(EmbeddedBroker broker)
    {
        _broker = broker;
        Topic = new DemoTopic(broker.BootstrapServers, TopicName, "notification-service") { ConsumerConfig = PromptFetches };
    }

    public DemoTopic Topic { get; }

    public string Description => $"embedded broker at {Topic.BootstrapServers}";

    public static EmbeddedKafka Start()
    {
        var broker = EmbeddedBroker.Start();
        var kafka = new EmbeddedKafka(broker);
        foreach (var topic in kafka.Topic.AllTopics)
        {
            broker.CreateTopic(topic, Partitions);
        }

        return kafka;
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();
}
