using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Rollups;
using Throughline.TestServers;

namespace Throughline.Server.Tests.Brokers;

/// <summary>The ledger beside Apache Kafka itself: each loss is made, found and named; what is no loss is not called one.</summary>
public sealed class KafkaLedgerTests(OneNodeKafka kafka) : KafkaWatch(kafka)
{
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
        var example = Assert.Single(Run.Answers.LedgerExamples(LedgerCell.Expired, row.Cluster, topic, group));
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
        var lag = Run.Answers.Lag(Run.LastHour with { Topic = topic }, RollupTier.Minute, default).Rows;

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
}
