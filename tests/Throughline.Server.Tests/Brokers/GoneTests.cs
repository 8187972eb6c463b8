using Throughline.Server.Internal.Analyze;
using Throughline.Server.Tests.Analyze;

namespace Throughline.Server.Tests.Brokers;

/// <summary>What was acknowledged and is not there any more, and what only looks like it.</summary>
public sealed class GoneTests : WatchedOrders
{
    [Fact]
    public void An_end_that_stays_back_is_acknowledged_and_gone()
    {
        View(new() { End = 96, Committed = 90 });
        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        View(new() { End = 97, Committed = 90 });

        Is(Row(), LedgerCell.Gone, 3, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
        Assert.Equal(97, Assert.Single(Run.Answers.LedgerExamples(LedgerCell.Gone, "east", "orders", "")).Offset);
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
        Run.Analyses.Settled(Told.Trace(Told.Send("shop", Run.Clock.UnixNs, offset: 104, cluster: "east")));
        View(new() { End = 100, Committed = 90 });
        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
        View(new() { End = 101, Committed = 90 });
        View(new() { End = 102, Committed = 90 });

        Is(Row(), LedgerCell.Gone, 4, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost);
        var example = Assert.Single(Run.Answers.LedgerExamples(LedgerCell.Gone, "east", "orders", ""));
        Assert.Equal((104L, "shop"), (example.Offset, example.Service));
    }

    [Fact]
    public void An_acknowledged_offset_that_is_there_by_and_by_is_not_gone()
    {
        Run.Analyses.Settled(Told.Trace(Told.Send("shop", Run.Clock.UnixNs, offset: 104, cluster: "east")));
        View(new() { End = 100, Committed = 90 });
        View(new() { End = 105, Committed = 90 });
        View(new() { End = 105, Committed = 90 });

        Is(Row(), LedgerCell.Gone, 0, LedgerBasis.Broker, Certainty.Exact, Verdict.Counted);
    }

    [Fact]
    public void An_offset_of_the_topic_before_is_not_gone()
    {
        Run.Analyses.Settled(Told.Trace(Told.Send("shop", Run.Clock.UnixNs, offset: 104, cluster: "east")));
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
}
