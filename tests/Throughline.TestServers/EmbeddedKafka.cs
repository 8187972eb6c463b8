using Throughline.Testing;

namespace Throughline.TestServers;

/// <summary>The embedded broker, one broker unless a test starts its own with more.</summary>
public sealed class EmbeddedKafka : KafkaFixture
{
    private EmbeddedBroker? _broker;

    public override int Nodes => 1;

    public override bool IsEmbedded => true;

    public override string BootstrapServers => _broker!.BootstrapServers;

    protected override Task<string?> TryStartAsync()
    {
        _broker = EmbeddedBroker.Start();
        return Task.FromResult<string?>(null);
    }

    protected override Task CreateTopicAsync(string name, int partitions)
    {
        _broker!.CreateTopic(name, partitions);
        return Task.CompletedTask;
    }

    protected override ValueTask StopAsync() => _broker?.DisposeAsync() ?? ValueTask.CompletedTask;
}
