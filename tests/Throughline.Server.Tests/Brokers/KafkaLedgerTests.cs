using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Rollups;
using Throughline.Server.Tests.Analyze;
using Throughline.TestServers;

[assembly: AssemblyFixture(typeof(OneNodeKafka))]

namespace Throughline.Server.Tests.Brokers;

/// <summary>The ledger beside Apache Kafka itself: each loss is made, found and named; what is no loss is not called one.</summary>
public sealed class KafkaLedgerTests(OneNodeKafka kafka) : KafkaSuite(kafka)
{
    private readonly AnalysisRun _run = new();
    private ClusterClient? _client;

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
    public async Task Records_deleted_before_the_group_read_them_are_lost()
    {
        var (topic, group) = (await CreateTopicAsync(), KafkaFixture.Unique());
        Produce(topic, 10);
        Commit(topic, group, 4);

        // The third view knows of a record that is unread, whatever transactions the cluster has seen.
        await SeeAsync();
        await SeeAsync();
        await SeeAsync();
        await DeleteRecordsAsync(topic, 9);
        await SeeAsync();

        var row = Row(topic, group);
        Assert.Equal((5.0, Verdict.Lost), (row[LedgerCell.Expired].Value, row[LedgerCell.Expired].Verdict));
        Assert.Equal((5.0, Verdict.Lost), (row[LedgerCell.Lost].Value, row[LedgerCell.Lost].Verdict));
        var example = Assert.Single(_run.Answers.LedgerExamples(LedgerCell.Expired, row.Cluster, topic, group));
        Assert.Equal((0, 4L, 5L), (example.Partition, example.Offset, example.Records));
    }

    [Fact]
    public async Task Records_deleted_after_the_group_read_them_are_not()
    {
        var (topic, group) = (await CreateTopicAsync(), KafkaFixture.Unique());
        Produce(topic, 10);
        Commit(topic, group, 10);
        await SeeAsync();
        await DeleteRecordsAsync(topic, 10);
        await SeeAsync();

        var row = Row(topic, group);
        Assert.Equal((0.0, Verdict.Counted), (row[LedgerCell.Expired].Value, row[LedgerCell.Expired].Verdict));
    }

    [Fact]
    public async Task An_offset_that_somebody_moved_skips_records()
    {
        var (topic, group) = (await CreateTopicAsync(), KafkaFixture.Unique());
        Produce(topic, 10);
        ReadAsMember(topic, group, 2);
        await SeeAsync();
        await SeeAsync();
        await SeeAsync();
        await MoveAsync(topic, group, 9);
        await SeeAsync();

        var row = Row(topic, group);
        Assert.Equal((7.0, Verdict.Lost), (row[LedgerCell.Skipped].Value, row[LedgerCell.Skipped].Verdict));
        Assert.Contains("7 skipped by a commit", row[LedgerCell.Lost].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_of_a_reader_that_assigns_partitions_to_itself_skip_nothing()
    {
        var (topic, group) = (await CreateTopicAsync(), KafkaFixture.Unique());
        Produce(topic, 10);
        Commit(topic, group, 2);
        await SeeAsync();
        Commit(topic, group, 9);
        await SeeAsync();

        var row = Row(topic, group);
        Assert.Equal((0.0, Verdict.Counted), (row[LedgerCell.Skipped].Value, row[LedgerCell.Skipped].Verdict));
    }

    [Fact]
    public async Task What_an_aborted_transaction_wrote_is_never_lost()
    {
        var (topic, group) = (await CreateTopicAsync(), KafkaFixture.Unique());
        Produce(topic, 3);
        using (var producer = new ProducerBuilder<Null, string>(
            new ProducerConfig(ProducerConfig()) { TransactionalId = KafkaFixture.Unique() }).Build())
        {
            producer.InitTransactions(TimeSpan.FromSeconds(30));
            producer.BeginTransaction();
            for (var i = 0; i < 20; i++)
            {
                producer.Produce(topic, new() { Value = "given up" });
            }

            producer.Flush(TimeSpan.FromSeconds(30));
            producer.AbortTransaction();
        }

        // A reader of what is committed has read everything there is, and stands before what was given up.
        Commit(topic, group, 3);
        await SeeAsync();
        await SeeAsync();
        var view = await SeeAsync();
        Assert.True(view.HasTransactions);
        Assert.Equal(24, view.Topics[topic].Partitions[0].End);
        await DeleteRecordsAsync(topic, 24);
        await SeeAsync();

        var row = Row(topic, group);
        Assert.Equal((21.0, Certainty.UpperBound, Verdict.NotSeen),
            (row[LedgerCell.Expired].Value, row[LedgerCell.Expired].Certainty, row[LedgerCell.Expired].Verdict));
        Assert.Equal((0.0, Verdict.Counted), (row[LedgerCell.Lost].Value, row[LedgerCell.Lost].Verdict));
    }

    [Fact]
    public async Task What_compaction_replaces_is_never_lost()
    {
        var group = KafkaFixture.Unique();
        var topic = KafkaFixture.Unique();
        using var admin = Admin();
        await admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = topic,
                NumPartitions = 1,
                ReplicationFactor = 1,
                Configs = new() { ["cleanup.policy"] = "compact,delete" },
            },
        ]);
        Produce(topic, 10);
        Commit(topic, group, 2);
        await SeeAsync();
        await SeeAsync();
        var view = await SeeAsync();
        Assert.True(view.Topics[topic].IsCompacted);
        await DeleteRecordsAsync(topic, 9);
        await SeeAsync();

        var row = Row(topic, group);
        Assert.Equal((7.0, Certainty.UpperBound, Verdict.NotSeen),
            (row[LedgerCell.Expired].Value, row[LedgerCell.Expired].Certainty, row[LedgerCell.Expired].Verdict));
        Assert.Equal(0, row[LedgerCell.Lost].Value);
    }

    [Fact]
    public async Task Stored_and_lag_are_told_while_records_come()
    {
        var (topic, group) = (await CreateTopicAsync(2), KafkaFixture.Unique());
        Produce(topic, 5);
        Commit(topic, group, 1);
        await SeeAsync();
        Produce(topic, 5);
        await SeeAsync();

        var row = Row(topic, group);
        var lag = _run.Answers.Lag(_run.LastHour with { Topic = topic }, RollupTier.Minute, default).Rows;

        Assert.Equal((5.0, LedgerBasis.Broker), (row[LedgerCell.Stored].Value, row[LedgerCell.Stored].Basis));
        Assert.Equal([4.0, 9.0], lag.Select(point => point.Committed!.Max));
    }

    [Fact]
    public async Task A_topic_that_was_deleted_and_made_again_lost_nothing()
    {
        var (topic, group) = (await CreateTopicAsync(), KafkaFixture.Unique());
        Produce(topic, 10);
        Commit(topic, group, 4);
        await SeeAsync();
        await SeeAsync();
        using (var admin = Admin())
        {
            await admin.DeleteTopicsAsync([topic]);
            await CreatedAgainAsync(admin, topic);
        }

        Produce(topic, 2);
        await SeeAsync();
        await SeeAsync();

        var row = Row(topic, null);
        Assert.Equal((0.0, Verdict.Counted), (row[LedgerCell.Gone].Value, row[LedgerCell.Gone].Verdict));
        Assert.Equal(0, row[LedgerCell.Lost].Value);
    }

    [Fact]
    public async Task A_watcher_shows_views_and_a_cluster_that_is_not_there_as_its_error()
    {
        var nobody = new ClusterSettings("nobody", new Dictionary<string, string> { [ClusterSettings.BootstrapServers] = "127.0.0.1:1" });
        var settings = new WatchSettings { Interval = TimeSpan.FromMilliseconds(100), RequestTimeout = TimeSpan.FromSeconds(1) };
        var topic = await CreateTopicAsync();
        await using var watchers = new ClusterWatchers([Settings(), nobody], settings, TimeProvider.System);
        _run.Analyses.Watch(watchers);
        watchers.Start();
        await Eventually.HoldsAsync(() => watchers.States[0].View is not null && watchers.States[1].Error is not null);
        _run.Analyses.Tick();

        Assert.Equal(["test", "nobody"], watchers.States.Select(state => state.Name));
        Assert.Null(watchers.States[0].Error);
        Assert.Null(watchers.States[1].View);
        Assert.Equal(watchers.States[0].View!.ClusterId, Row(topic, null).Cluster);
    }

    public override async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _run.Dispose();
        await base.DisposeAsync();
    }

    private ClusterSettings Settings() =>
        new("test", new Dictionary<string, string> { [ClusterSettings.BootstrapServers] = BootstrapServers });

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();

    private Task<ClusterView> AskAsync() =>
        (_client ??= new ClusterClient(Settings(), new WatchSettings { ProbesMax = 1000 }, _run.Clock)).AskAsync(default);

    /// <summary>A minute later.</summary>
    private async Task<ClusterView> SeeAsync()
    {
        _run.Clock.Pass(TimeSpan.FromMinutes(1));
        var view = await AskAsync();
        _run.Analyses.Take(Settings(), view);
        return view;
    }

    private LedgerRow Row(string topic, string? group) => Assert.Single(
        _run.Shown().Answers.Ledger(_run.LastHour with { Topic = topic, Group = group }, default).Rows);

    private void Produce(string topic, int count)
    {
        using var producer = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        for (var i = 0; i < count; i++)
        {
            producer.Produce(new TopicPartition(topic, 0), new() { Key = $"{i % 3}", Value = "x" });
        }

        producer.Flush(TimeSpan.FromSeconds(30));
    }

    /// <summary>As a member of the group, which it leaves.</summary>
    private void ReadAsMember(string topic, string group, int count)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(ConsumerConfig(group)).Build();
        consumer.Subscribe(topic);
        for (var i = 0; i < count; i++)
        {
            Assert.NotNull(consumer.Consume(TimeSpan.FromSeconds(30)));
        }

        consumer.Commit();
        consumer.Close();
    }

    /// <summary>As a consumer that reads by itself: the group never has members.</summary>
    private void Commit(string topic, string group, long offset)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(ConsumerConfig(group)).Build();
        consumer.Assign(new TopicPartition(topic, 0));
        consumer.Commit([new TopicPartitionOffset(topic, 0, offset)]);
    }

    private async Task MoveAsync(string topic, string group, long offset)
    {
        using var admin = Admin();
        await admin.AlterConsumerGroupOffsetsAsync([new(group, [new TopicPartitionOffset(topic, 0, offset)])]);
    }

    private async Task DeleteRecordsAsync(string topic, long before)
    {
        using var admin = Admin();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, 0, before)]);
    }

    private static async Task CreatedAgainAsync(IAdminClient admin, string topic)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = 1 }]);
                return;
            }
            catch (CreateTopicsException) when (attempt < 200)
            {
                // Its deletion is under way.
                await Task.Delay(20);
            }
        }
    }
}
