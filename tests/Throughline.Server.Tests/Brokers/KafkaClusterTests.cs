using Throughline.Server.Internal.Brokers;
using Throughline.TestServers;

namespace Throughline.Server.Tests.Brokers;

/// <summary>What Apache Kafka itself tells a watcher.</summary>
public sealed class KafkaClusterTests(OneNodeKafka kafka) : KafkaWatch(kafka)
{
    [Fact]
    public async Task Cluster_facts_are_told()
    {
        var topic = await CreateTopicAsync(3);

        var view = await AskAsync();

        var broker = Assert.Single(view.Brokers);
        Assert.Equal(BootstrapServers, $"{broker.Host}:{broker.Port}");
        Assert.Equal(22, view.ClusterId.Length);
        Assert.Null(view.LeftOut);
        var partitions = view.Topics[topic].Partitions;
        Assert.Equal([0, 1, 2], partitions.Select(partition => partition.Partition));
        Assert.All(partitions, partition => Assert.Equal((broker.Id, 1, 1, 0L, 0L),
            (partition.Leader, partition.Replicas, partition.InSync, partition.Start, partition.End)));
        Assert.Equal((false, 604_800_000L), (view.Topics[topic].IsCompacted, view.Topics[topic].RetentionMs));
        Assert.DoesNotContain(view.Topics.Keys, name => name.StartsWith("__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watcher_shows_views_and_a_cluster_that_is_not_there_as_its_error()
    {
        var nobody = new ClusterSettings("nobody", new Dictionary<string, string> { [ClusterSettings.BootstrapServers] = "127.0.0.1:1" });
        var settings = new WatchSettings { Interval = TimeSpan.FromMilliseconds(100), RequestTimeout = TimeSpan.FromSeconds(1) };
        var topic = await CreateTopicAsync();
        await using var watchers = new ClusterWatchers([Settings(), nobody], settings, TimeProvider.System);
        Run.Analyses.Watch(watchers);
        watchers.Start();
        await Eventually.HoldsAsync(() => watchers.States[0].View is not null && watchers.States[1].Error is not null);
        Run.Analyses.Tick();

        Assert.Equal(["test", "nobody"], watchers.States.Select(state => state.Name));
        Assert.Null(watchers.States[0].Error);
        Assert.Null(watchers.States[1].View);
        Assert.Equal(watchers.States[0].View!.ClusterId, Row(topic, null).Cluster);
    }
}
