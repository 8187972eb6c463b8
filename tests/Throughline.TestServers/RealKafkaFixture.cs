namespace Throughline.TestServers;

/// <summary>Apache Kafka with a number of nodes, where one is found.</summary>
public abstract class RealKafkaFixture(int nodes) : KafkaFixture
{
    private RealKafka? _kafka;

    public override int Nodes => nodes;

    public override bool IsEmbedded => false;

    public override string BootstrapServers => Kafka.BootstrapServers;

    /// <summary>The cluster itself, once started. Who kills its nodes starts one of his own: this one is shared.</summary>
    public RealKafka Kafka => _kafka ?? throw new InvalidOperationException("Kafka was not started.");

    protected override async Task<string?> TryStartAsync()
    {
        _kafka = await RealKafka.TryStartAsync(nodes);
        return _kafka is null ? RealKafka.WhyUnavailable() : null;
    }

    protected override Task CreateTopicAsync(string name, int partitions) => Kafka.CreateTopicAsync(name, partitions);

    protected override ValueTask StopAsync() => _kafka?.DisposeAsync() ?? ValueTask.CompletedTask;
}
