using Throughline.Dashboard.Internal.Overview;
using Throughline.Dashboard.Tests.Ledger;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Tests.Overview;

/// <summary>What is wrong, in sentences and in order.</summary>
public sealed class LookFirstTests
{
    private const double S = 1e9;

    [Fact]
    public void A_record_that_was_never_stored_is_one_item_however_many_groups_read_the_topic()
    {
        var items = LookFirst.Of(Nothing with { Ledger = [Refused("billing"), Refused("mail")] });

        var item = Assert.Single(items);
        Assert.Equal(("Lost", "bad"), (item.Kind, item.Tone));
        Assert.StartsWith("3 records lost in orders: ", item.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_group_lost_is_that_groups()
    {
        var skipped = Figures.Row("orders", "billing", (LedgerCell.Skipped, 2, Verdict.Lost), (LedgerCell.Lost, 2, Verdict.Lost));
        var whole = Figures.Row("orders", "mail", (LedgerCell.Skipped, 0, Verdict.Counted), (LedgerCell.Lost, 0, Verdict.Counted));

        var item = Assert.Single(LookFirst.Of(Nothing with { Ledger = [whole, skipped] }));

        Assert.StartsWith("2 records lost in billing: ", item.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_merely_not_seen_is_not_called_lost()
    {
        var row = Figures.Row("orders", "billing", (LedgerCell.NotSeen, 7, Verdict.NotSeen), (LedgerCell.Lost, 0, Verdict.Counted));

        Assert.Empty(LookFirst.Of(Nothing with { Ledger = [row] }));
    }

    [Fact]
    public void The_consumer_that_breaks_traces_is_named_with_all_of_its_orphans()
    {
        var items = LookFirst.Of(Nothing with
        {
            Orphans =
            [
                new OrphanRow(OrphanCause.ConsumerNotExtracting, "audit", "orders", 15, 15, []),
                new OrphanRow(OrphanCause.ConsumerNotExtracting, "audit", "refunds", 5, 5, []),
                new OrphanRow(OrphanCause.ParentInFlight, "billing", "orders", 50, 50, []),
            ],
        });

        Assert.Equal("audit does not extract the context of records of orders: 20 orphans.", Assert.Single(items).Sentence);
    }

    [Fact]
    public void A_group_is_behind_by_its_slowest_partition()
    {
        var items = LookFirst.Of(Nothing with { Waits = [Wait("billing", 1, 0.2 * S), Wait("billing", 3, 12 * S), Wait("mail", 0, 0.5 * S)] });

        Assert.Equal("billing reads orders 12 s behind, slowest partition 3.", Assert.Single(items).Sentence);
    }

    [Theory]
    [InlineData(3.9, 0.1, "it waited 3.9 s in orders, partition 3, for billing")]
    [InlineData(0.1, 3.9, "payments worked on it for 3.9 s")]
    [InlineData(0.1, 0.1, "most of it before it came to billing by orders")]
    public void The_slowest_record_says_where_its_time_went(double waited, double worked, string why)
    {
        var hop = new SlowHop(
            new SpanKey(new TraceId(1, 2), 3), "", "orders", "billing", "payments", 3, 17, 0, (long)(4.1 * S), (long)(waited * S), (long)(worked * S));

        var item = Assert.Single(LookFirst.Of(Nothing with { Slowest = [hop] }));

        Assert.Null(item.Tone);
        Assert.Equal($"The slowest record took 4.1 s end to end: {why}.", item.Sentence);
    }

    [Fact]
    public void What_is_wrong_comes_before_what_is_slow()
    {
        var items = LookFirst.Of(Nothing with
        {
            Ledger = [Refused("billing")],
            Orphans = [new OrphanRow(OrphanCause.ConsumerNotExtracting, "audit", "orders", 1, 1, [])],
            Waits = [Wait("billing", 0, 2 * S)],
        });

        Assert.Equal(["Lost", "Orphans", "Behind"], items.Select(item => item.Kind));
    }

    private static OverviewAnswers Nothing { get; } = new([], [], [], [], [], []);

    private static LedgerRow Refused(string group) =>
        Figures.Row("orders", group, (LedgerCell.SendFailed, 3, Verdict.Lost), (LedgerCell.Lost, 3, Verdict.Lost));

    private static LatencyRow Wait(string group, int partition, double p95) => new(
        null, "", "orders", group, partition, 0, null, new Distribution(10, p95, p95, p95, p95, p95, p95, p95), null, null, null, null, 0);
}
