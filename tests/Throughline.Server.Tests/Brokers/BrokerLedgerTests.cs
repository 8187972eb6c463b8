using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Rollups;
using Throughline.Server.Tests.Analyze;

namespace Throughline.Server.Tests.Brokers;

/// <summary>What offsets add to the ledger. That brokers tell such offsets, <see cref="KafkaLedgerTests"/> shows.</summary>
public sealed class BrokerLedgerTests : IDisposable
{
    private readonly AnalysisRun _run = new();

    public BrokerLedgerTests()
    {
        // Watched for longer than the hour that is asked for.
        for (var minute = 0; minute < 70; minute++)
        {
            View(new() { End = 100, Committed = 90 });
        }
    }

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
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, weight: 7)));

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
        var example = Assert.Single(_run.Answers.LedgerExamples(LedgerCell.Expired, "east", "orders", "billing"));
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
        Assert.Equal(90, Assert.Single(_run.Answers.LedgerExamples(LedgerCell.Skipped, "east", "orders", "billing")).Offset);
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
        _run.Analyses.Take(Told.Metric(
            MetricNames.Consumed, "billing", _run.Clock.UnixNs - 1, _run.Clock.UnixNs, 8, group: "billing"));

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
    public void An_end_that_stays_back_is_acknowledged_and_gone()
    {
        View(new() { End = 96, Committed = 90 });
        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        View(new() { End = 97, Committed = 90 });

        Is(Row(), LedgerCell.Gone, 3, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
        Assert.Equal(97, Assert.Single(_run.Answers.LedgerExamples(LedgerCell.Gone, "east", "orders", "")).Offset);
    }

    [Fact]
    public void An_end_told_by_a_leader_that_was_not_up_to_date_is_not_believed()
    {
        View(new() { End = 96, Committed = 90 });
        View(new() { End = 104, Committed = 90 });

        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        Is(Row(), LedgerCell.Stored, 4, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Fact]
    public void An_acknowledged_offset_that_no_broker_ever_told_of_is_gone()
    {
        // Stored, acknowledged and lost between two observations.
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, offset: 104, cluster: "east")));
        View(new() { End = 100, Committed = 90 });
        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        View(new() { End = 101, Committed = 90 });
        View(new() { End = 102, Committed = 90 });

        Is(Row(), LedgerCell.Gone, 4, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
        var example = Assert.Single(_run.Answers.LedgerExamples(LedgerCell.Gone, "east", "orders", ""));
        Assert.Equal((104L, "shop"), (example.Offset, example.Service));
    }

    [Fact]
    public void An_acknowledged_offset_that_is_there_by_and_by_is_not_gone()
    {
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, offset: 104, cluster: "east")));
        View(new() { End = 100, Committed = 90 });
        View(new() { End = 105, Committed = 90 });
        View(new() { End = 105, Committed = 90 });

        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Fact]
    public void An_offset_of_the_topic_before_is_not_gone()
    {
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, offset: 104, cluster: "east")));
        View(new() { TopicId = "two", End = 1, Committed = 90 });
        View(new() { TopicId = "two", End = 2, Committed = 90 });
        View(new() { TopicId = "two", End = 3, Committed = 90 });

        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Fact]
    public void Where_topics_have_no_id_an_end_that_moved_back_may_be_another_topics()
    {
        foreach (var end in (long[])[100, 3, 4])
        {
            View(new() { TopicId = "", End = end, Committed = 2 });
        }

        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Fact]
    public void A_topic_that_was_made_anew_lost_nothing()
    {
        View(new() { TopicId = "two", End = 3, Committed = 90 });
        View(new() { TopicId = "two", End = 4, Committed = 1 });

        var row = Row();

        Is(row, LedgerCell.Stored, 1, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        Is(row, LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        Assert.Equal(0, row[LedgerCell.Lost].Value);
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
        _run.Save();
        _run.Start();
        View(new() { Start = 95, End = 140, Committed = 90 });

        Is(Row(), LedgerCell.Stored, 40, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        Is(Row(), LedgerCell.Expired, 5, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
    }

    [Fact]
    public void Lag_is_from_the_commit_or_from_where_the_log_starts()
    {
        View(new() { End = 150, Committed = 90 });
        View(new() { Start = 145, End = 150, Committed = 90 });

        var rows = _run.Shown().Answers.Lag(_run.LastHour, RollupTier.Minute, default).Rows;

        Assert.Equal([10, 60.0, 5.0], rows.TakeLast(3).Select(row => row.Committed!.Max));
        Assert.Equal(("east", "orders", "billing", 0), (rows[^1].Cluster, rows[^1].Topic, rows[^1].Group, rows[^1].Partition));
    }

    [Fact]
    public void Rates_of_topics_are_told()
    {
        View(new() { End = 700, Committed = 90 });
        View(new() { Start = 60, End = 700, Committed = 90 });

        var row = Assert.Single(_run.Shown().Answers.TopicRates(_run.LastHour, default).Rows);

        Assert.Equal(("east", "orders", 600.0), (row.Cluster, row.Topic, row.Stored));
        Assert.Equal((0.16, 0.016), (Math.Round(row.StoredPerSecond, 2), Math.Round(row.DeletedPerSecond, 3)));
    }

    [Fact]
    public void Metrics_that_tell_only_an_address_belong_to_the_cluster_that_has_it()
    {
        _run.Analyses.Take(Told.Metric(
            MetricNames.Sent, "shop", _run.Clock.UnixNs - 1, _run.Clock.UnixNs, 3, topic: "elsewhere", server: "kafka-1:9092"));

        var row = _run.Shown().Answers.Ledger(_run.LastHour with { Topic = "elsewhere" }, default).Rows[0];

        Assert.Equal("east", row.Cluster);
    }

    public void Dispose() => _run.Dispose();

    private void View(ClusterViews view)
    {
        _run.Clock.Pass(TimeSpan.FromMinutes(1));
        _run.Analyses.Take(ClusterViews.Cluster, (view with { AskedUnixNs = _run.Clock.UnixNs }).Made());
    }

    private void Sent(double value) => _run.Analyses.Take(Told.Metric(
        MetricNames.Sent, "shop", _run.Clock.UnixNs - 1, _run.Clock.UnixNs, value));

    private LedgerRow Row() => Assert.Single(_run.Shown().Answers.Ledger(_run.LastHour, default).Rows);

    private static void Is(LedgerRow row, LedgerCell cell, double value, LedgerBasis basis, Certainty certainty, Verdict verdict)
    {
        var figure = row[cell];
        Assert.Equal((cell, value, basis, certainty, verdict), (figure.Cell, figure.Value, figure.Basis, figure.Certainty, figure.Verdict));
    }
}
