using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Rollups;
using Throughline.Server.Tests.Analyze;

namespace Throughline.Server.Tests.Brokers;

/// <summary>What offsets add to the ledger. That brokers tell such offsets, <see cref="KafkaLedgerTests"/> shows.</summary>
public sealed class BrokerLedgerTests : WatchedOrders
{
    [Fact]
    public void Stored_is_what_ends_moved_by_and_exact_where_offsets_are_records()
    {
        View(new() { End = 130, Committed = 120 });

        Is(Row(), LedgerCell.Stored, 30, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        Is(Row(), LedgerCell.Fetched, 30, LedgerBasis.Broker, Certainty.UpperBound, Verdict.Counted);
        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        Is(Row(), LedgerCell.Expired, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Under_transactions_and_compaction_it_is_an_upper_bound(bool transactions, bool compacted)
    {
        View(new() { End = 130, Committed = 120, HasTransactions = transactions, IsCompacted = compacted });

        Is(Row(), LedgerCell.Stored, 30, LedgerBasis.Broker, Certainty.UpperBound, Verdict.Counted);
    }

    [Fact]
    public void Metrics_come_before_offsets()
    {
        View(new() { End = 130, Committed = 120 });
        Sent(25);

        Is(Row(), LedgerCell.Stored, 25, LedgerBasis.Metrics, Certainty.LowerBound, Verdict.Counted);
        Assert.Contains("somebody sends without metrics", Row()[LedgerCell.Stored].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Offsets_come_before_spans()
    {
        View(new() { End = 130, Committed = 120 });
        Run.Analyses.Settled(Told.Trace(Told.Send("shop", Run.Clock.UnixNs, weight: 7)));

        Is(Row(), LedgerCell.Stored, 30, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Fact]
    public void A_start_past_the_commit_is_expired_before_it_was_read()
    {
        View(new() { Start = 97, End = 100, Committed = 90 });

        var row = Row();

        Is(row, LedgerCell.Expired, 7, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
        Is(row, LedgerCell.Lost, 7, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
        Assert.Equal("7 expired before they were read", row[LedgerCell.Lost].Note);
        var example = Assert.Single(Run.Answers.LedgerExamples(LedgerCell.Expired, "east", "orders", "billing"));
        Assert.Equal((0, 90L, 7L), (example.Partition, example.Offset, example.Records));
    }

    [Fact]
    public void What_expired_counts_once_and_a_commit_behind_it_skips_nothing()
    {
        View(new() { Start = 97, End = 100, Committed = 90 });
        View(new() { Start = 97, End = 100, Committed = 90 });
        View(new() { Start = 99, End = 100, Committed = 90 });
        View(new() { Start = 99, End = 100, Committed = 100 });

        var row = Row();

        Is(row, LedgerCell.Expired, 9, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
        Is(row, LedgerCell.Fetched, 1, LedgerBasis.Broker, Certainty.UpperBound, Verdict.Counted);
    }

    [Fact]
    public void Markers_of_transactions_that_expired_are_not_called_lost()
    {
        View(new() { Start = 100, End = 100, Committed = 90, HasTransactions = true });

        Is(Row(), LedgerCell.Expired, 10, LedgerBasis.Broker, Certainty.UpperBound, Verdict.NotSeen);
        Assert.Equal((0.0, Verdict.Counted), (Row()[LedgerCell.Lost].Value, Row()[LedgerCell.Lost].Verdict));
    }

    [Fact]
    public void Under_transactions_a_record_that_was_seen_unread_is_the_evidence()
    {
        View(new() { Start = 100, End = 100, Committed = 90, HasTransactions = true, Unread = 92 });

        Is(Row(), LedgerCell.Expired, 10, LedgerBasis.Broker, Certainty.UpperBound, Verdict.Lost);
    }

    [Fact]
    public void What_compaction_may_have_replaced_is_not_called_lost()
    {
        View(new() { Start = 100, End = 100, Committed = 90, IsCompacted = true, Unread = 92 });

        Is(Row(), LedgerCell.Expired, 10, LedgerBasis.Broker, Certainty.UpperBound, Verdict.NotSeen);
    }

    [Fact]
    public void A_commit_that_moves_while_nobody_is_in_the_group_skips()
    {
        View(new() { End = 100, Committed = 90, GroupState = "Empty" });
        View(new() { End = 100, Committed = 98, GroupState = "Empty" });

        Is(Row(), LedgerCell.Skipped, 8, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
        Assert.Equal(90, Assert.Single(Run.Answers.LedgerExamples(LedgerCell.Skipped, "east", "orders", "billing")).Offset);
    }

    [Fact]
    public void Who_assigns_partitions_to_itself_commits_without_members_and_skips_nothing()
    {
        View(new() { End = 100, Committed = 90, GroupState = "Empty", IsSimple = true });
        View(new() { End = 100, Committed = 98, GroupState = "Empty", IsSimple = true });

        Is(Row(), LedgerCell.Skipped, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Fact]
    public void A_member_that_came_and_went_has_read_what_its_metrics_say()
    {
        View(new() { End = 100, Committed = 90, GroupState = "Empty" });
        View(new() { End = 100, Committed = 98, GroupState = "Empty" });
        Run.Analyses.Take(Told.Metric(
            MetricNames.Consumed, "billing", Run.Clock.UnixNs - 1, Run.Clock.UnixNs, 8, group: "billing"));

        Is(Row(), LedgerCell.Skipped, 0, LedgerBasis.Broker, Certainty.UpperBound, Verdict.Counted);
    }

    [Fact]
    public void A_commit_of_a_group_with_members_skips_nothing()
    {
        View(new() { End = 200, Committed = 190 });

        Is(Row(), LedgerCell.Skipped, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Fact]
    public void A_commit_that_moves_back_is_nothing()
    {
        View(new() { End = 100, Committed = 10, GroupState = "Empty" });
        View(new() { End = 100, Committed = 5, GroupState = "Empty" });

        Is(Row(), LedgerCell.Skipped, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        Is(Row(), LedgerCell.Fetched, 0, LedgerBasis.Broker, Certainty.UpperBound, Verdict.Counted);
    }

    [Fact]
    public void What_happened_before_the_first_view_is_nobodys_news()
    {
        using var run = new AnalysisRun();
        run.Analyses.Take(ClusterViews.Cluster, new ClusterViews
        {
            AskedUnixNs = run.Clock.UnixNs,
            Start = 1_000_000,
            End = 1_000_010,
            Committed = 5,
        }.Made());

        var row = Assert.Single(run.Shown().Answers.Ledger(run.LastHour, default).Rows);

        Assert.Equal((0.0, Certainty.Estimate), (row[LedgerCell.Expired].Value, row[LedgerCell.Expired].Certainty));
        Assert.Equal((0.0, Certainty.Estimate), (row[LedgerCell.Stored].Value, row[LedgerCell.Stored].Certainty));
        Assert.Contains("0 of 3", row[LedgerCell.Stored].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Offsets_are_remembered_across_a_restart()
    {
        Run.Save();
        Run.Start();
        View(new() { Start = 95, End = 140, Committed = 90 });

        Is(Row(), LedgerCell.Stored, 40, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        Is(Row(), LedgerCell.Expired, 5, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
    }

    [Fact]
    public void Lag_is_from_the_commit_or_from_where_the_log_starts()
    {
        View(new() { End = 150, Committed = 90 });
        View(new() { Start = 145, End = 150, Committed = 90 });

        var rows = Run.Shown().Answers.Lag(Run.LastHour, RollupTier.Minute, default).Rows;

        Assert.Equal([10, 60.0, 5.0], rows.TakeLast(3).Select(row => row.Committed!.Max));
        Assert.Equal(("east", "orders", "billing", 0), (rows[^1].Cluster, rows[^1].Topic, rows[^1].Group, rows[^1].Partition));
    }

    [Fact]
    public void Rates_of_topics_are_told()
    {
        View(new() { End = 700, Committed = 90 });
        View(new() { Start = 60, End = 700, Committed = 90 });

        var row = Assert.Single(Run.Shown().Answers.TopicRates(Run.LastHour, default).Rows);

        Assert.Equal(("east", "orders", 600.0), (row.Cluster, row.Topic, row.Stored));
        Assert.Equal((0.16, 0.016), (Math.Round(row.StoredPerSecond, 2), Math.Round(row.DeletedPerSecond, 3)));
    }

    [Fact]
    public void Metrics_that_tell_only_an_address_belong_to_the_cluster_that_has_it()
    {
        Run.Analyses.Take(Told.Metric(
            MetricNames.Sent, "shop", Run.Clock.UnixNs - 1, Run.Clock.UnixNs, 3, topic: "elsewhere", server: "kafka-1:9092"));

        var row = Run.Shown().Answers.Ledger(Run.LastHour with { Topic = "elsewhere" }, default).Rows[0];

        Assert.Equal("east", row.Cluster);
    }

    private void Sent(double value) => Run.Analyses.Take(Told.Metric(
        MetricNames.Sent, "shop", Run.Clock.UnixNs - 1, Run.Clock.UnixNs, value));
}
