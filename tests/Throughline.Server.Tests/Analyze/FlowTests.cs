using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Tests.Analyze;

public sealed class FlowTests : IDisposable
{
    private readonly AnalysisRun _run = new();

    [Fact]
    public void A_topic_tells_over_time_what_was_sent_processed_and_failed()
    {
        Send("shop");
        Send("shop", error: "_MSG_TIMED_OUT");
        Process(partition: 0);
        Process(partition: 0, error: "timeout");
        _run.Clock.Pass(TimeSpan.FromMinutes(2));
        Send("shop");

        var rows = _run.Shown().Answers.Flow(_run.LastHour, FlowBy.Topic, RollupTier.Minute, default).Rows;

        Assert.Equal(2, rows.Count);
        Assert.Equal(
            (2.0, LedgerBasis.Spans, 1.0, 2.0, 1.0),
            (rows[0].Sent, rows[0].SentBasis, rows[0].SendFailed, rows[0].Processed, rows[0].Failed));
        Assert.Equal((1.0, 0.0, 0.0), (rows[1].Sent, rows[1].Processed, rows[1].Failed));
        Assert.Equal(120_000_000_000, rows[1].Time - rows[0].Time);
    }

    [Fact]
    public void What_failed_is_known_by_partition()
    {
        Process(partition: 0);
        Process(partition: 3, error: "timeout");
        Send("shop", partition: 3);

        var rows = _run.Shown().Answers.Flow(_run.LastHour with { Topic = "orders" }, FlowBy.Partition, RollupTier.Minute, default).Rows;

        var third = Assert.Single(rows, row => row.Partition == 3);
        Assert.Equal((1.0, LedgerBasis.Spans, 1.0), (third.Sent, third.SentBasis, third.Failed));
        Assert.DoesNotContain(rows, row => row.Partition == 0 && row.Failed > 0);
    }

    [Fact]
    public void A_partition_that_nobody_sends_to_with_spans_has_no_figure_rather_than_zero()
    {
        Process(partition: 1, error: "timeout");

        var row = Assert.Single(_run.Shown().Answers.Flow(_run.LastHour, FlowBy.Partition, RollupTier.Minute, default).Rows);

        Assert.Equal((null, LedgerBasis.None), (row.Sent, row.SentBasis));
    }

    [Fact]
    public void Orphans_and_refused_records_are_their_topics()
    {
        Send("shop", error: "MESSAGE_TOO_LARGE");
        _run.Analyses.Orphaned(new Orphan(
            Told.Process("audit", _run.Clock.UnixNs), OrphanCause.ConsumerNotExtracting, "the context is in the header", null));

        var row = Assert.Single(_run.Shown().Answers.Flow(_run.LastHour with { Topic = "orders" }, FlowBy.Topic, RollupTier.Minute, default).Rows);

        Assert.Equal((1.0, 1.0), (row.Orphans, row.Lost));
    }

    [Fact]
    public void Metrics_count_before_spans_and_services_without_any_are_added()
    {
        Send("shop");
        Send("web");
        _run.Analyses.Take(Told.Metric(
            "messaging.client.sent.messages", "web", _run.Clock.UnixNs, _run.Clock.UnixNs, value: 5, cumulative: false));

        var row = Assert.Single(_run.Shown().Answers.Flow(_run.LastHour, FlowBy.Topic, RollupTier.Minute, default).Rows);

        Assert.Equal((6.0, LedgerBasis.MetricsAndSpans), (row.Sent, row.SentBasis));
    }

    public void Dispose() => _run.Dispose();

    private void Send(string service, string? error = null, int partition = 0) =>
        _run.Analyses.Settled(Told.Trace(Told.Send(service, _run.Clock.UnixNs, partition: partition, error: error)));

    private void Process(int partition, string? error = null) =>
        _run.Analyses.Settled(Told.Trace(Told.Process("payments", _run.Clock.UnixNs, partition: partition, error: error)));
}
