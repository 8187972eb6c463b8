using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Analyze;

/// <summary>The ledger from metrics and spans; what brokers add is tested beside them.</summary>
public sealed class LedgerTests : IDisposable
{
    private readonly AnalysisRun _run = new();

    private long Now => _run.Clock.UnixNs;

    [Fact]
    public void Unsampled_metrics_come_before_spans_and_are_exact()
    {
        Span(Told.Send("shop", Now));
        Span(Told.Process("billing", Now));
        Metric(MetricNames.Sent, "shop", 1000);
        Metric(MetricNames.Consumed, "billing", 990, group: "billing");
        Metric(MetricNames.ProcessDuration, "billing", 9.5, count: 980, group: "billing");
        Metric(MetricNames.ProcessDuration, "billing", 0.5, count: 7, group: "billing", error: "System.FormatException");

        var row = Row();

        Is(row, LedgerCell.Produced, 1000, LedgerBasis.Metrics, Certainty.Exact);
        Is(row, LedgerCell.Stored, 1000, LedgerBasis.Metrics, Certainty.Exact);
        Is(row, LedgerCell.Fetched, 990, LedgerBasis.Metrics, Certainty.Exact);
        Is(row, LedgerCell.Processed, 980, LedgerBasis.Metrics, Certainty.Exact);
        Is(row, LedgerCell.Failed, 7, LedgerBasis.Metrics, Certainty.Exact);
        Assert.Equal((13.0, Verdict.NotSeen), (row[LedgerCell.NotSeen].Value, row[LedgerCell.NotSeen].Verdict));
        Assert.Equal((0.0, Verdict.Counted), (row[LedgerCell.Lost].Value, row[LedgerCell.Lost].Verdict));
    }

    [Fact]
    public void Without_metrics_spans_count_for_those_they_stand_for()
    {
        Span(Told.Send("shop", Now, weight: 20));
        Span(Told.Process("billing", Now, weight: 20));
        Span(Told.Process("billing", Now, error: "timeout", weight: 20));

        var row = Row();

        Is(row, LedgerCell.Produced, 20, LedgerBasis.Spans, Certainty.Estimate);
        Is(row, LedgerCell.Processed, 20, LedgerBasis.Spans, Certainty.Estimate);
        Is(row, LedgerCell.Failed, 20, LedgerBasis.Spans, Certainty.Estimate);
        Is(row, LedgerCell.Fetched, 40, LedgerBasis.Spans, Certainty.Estimate);
    }

    [Fact]
    public void Services_without_metrics_are_added_from_their_spans()
    {
        Metric(MetricNames.Sent, "shop", 100);
        Span(Told.Send("shop", Now));
        Span(Told.Send("web", Now, weight: 5));

        Is(Row(), LedgerCell.Produced, 105, LedgerBasis.MetricsAndSpans, Certainty.Estimate);
    }

    [Fact]
    public void A_refused_send_was_never_stored_and_is_lost()
    {
        Metric(MetricNames.Sent, "shop", 10);
        Metric(MetricNames.Sent, "shop", 3, error: "MESSAGE_TOO_LARGE");
        Span(Told.Send("shop", Now, error: "MESSAGE_TOO_LARGE"));

        var row = Row();

        Assert.Equal((3.0, Verdict.Lost), (row[LedgerCell.SendFailed].Value, row[LedgerCell.SendFailed].Verdict));
        Assert.Equal((3.0, Verdict.Lost, Certainty.Exact), (row[LedgerCell.Lost].Value, row[LedgerCell.Lost].Verdict, row[LedgerCell.Lost].Certainty));
        Assert.Equal("3 never stored", row[LedgerCell.Lost].Note);
        Assert.Equal(13, row[LedgerCell.Produced].Value);
        Assert.Equal(10, row[LedgerCell.Stored].Value);
        Assert.Contains("MESSAGE_TOO_LARGE", Assert.Single(Examples(LedgerCell.SendFailed)).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_MSG_TIMED_OUT")]
    [InlineData("REQUEST_TIMED_OUT")]
    [InlineData("SOMETHING_NEW")]
    public void A_send_that_may_be_stored_even_so_is_not_seen(string error)
    {
        Span(Told.Send("shop", Now, error: error));

        var row = Row();

        Assert.Equal((1.0, Verdict.NotSeen), (row[LedgerCell.SendFailed].Value, row[LedgerCell.SendFailed].Verdict));
        Assert.Equal(0, row[LedgerCell.Lost].Value);
    }

    [Fact]
    public void A_send_whose_outcome_nobody_reported_is_not_seen()
    {
        Span(Told.Send("shop", Now, outcome: "unknown"));

        Assert.Equal(Verdict.NotSeen, Row()[LedgerCell.SendFailed].Verdict);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_an_aborted_transaction_had_sent_is_no_loss(bool byMetrics)
    {
        Span(Told.Send("shop", Now, transaction: "tx-1", error: "INVALID_RECORD"));
        Span(Told.Send("shop", Now, transaction: "tx-1", error: "_PURGE_QUEUE"));
        if (byMetrics)
        {
            Metric(MetricNames.Sent, "shop", 5, error: "INVALID_RECORD");
        }

        var row = Row();

        Assert.Equal(Verdict.NotSeen, row[LedgerCell.SendFailed].Verdict);
        Assert.Equal(0, row[LedgerCell.Lost].Value);
    }

    [Fact]
    public void Head_sampling_makes_no_losses()
    {
        // 1 of 100 sends is sampled, and says so; none of the consumer's spans is there at all.
        Metric(MetricNames.Sent, "shop", 1000);
        Metric(MetricNames.Consumed, "billing", 1000, group: "billing");
        Metric(MetricNames.ProcessDuration, "billing", 10, count: 1000, group: "billing");
        Span(Told.Send("shop", Now, weight: 100));

        var row = Row();

        Assert.Equal(0, row[LedgerCell.Lost].Value);
        Assert.Equal((0.0, Verdict.Counted), (row[LedgerCell.NotSeen].Value, row[LedgerCell.NotSeen].Verdict));
    }

    [Fact]
    public void Spans_that_an_exporter_dropped_make_no_losses()
    {
        for (var i = 0; i < 100; i++)
        {
            Span(Told.Send("shop", Now, offset: i));
        }

        Span(Told.Process("billing", Now, offset: 0));

        var row = Row();

        Assert.Equal(0, row[LedgerCell.Lost].Value);
        Assert.Equal((99.0, Verdict.NotSeen, Certainty.Estimate),
            (row[LedgerCell.NotSeen].Value, row[LedgerCell.NotSeen].Verdict, row[LedgerCell.NotSeen].Certainty));
    }

    [Fact]
    public void A_batch_counts_its_records_though_the_metric_counts_it_once()
    {
        Metric(MetricNames.Consumed, "billing", 50, group: "billing");
        Metric(MetricNames.ProcessDuration, "billing", 1, count: 1, group: "billing");
        Span(Told.Process("billing", Now, batch: 50));

        var row = Row();

        Is(row, LedgerCell.Processed, 50, LedgerBasis.Spans, Certainty.Estimate);
        Is(row, LedgerCell.Fetched, 50, LedgerBasis.Metrics, Certainty.Exact);
    }

    [Fact]
    public void Without_any_span_a_count_of_processings_may_be_of_batches()
    {
        Metric(MetricNames.Consumed, "billing", 50, group: "billing");
        Metric(MetricNames.ProcessDuration, "billing", 1, count: 1, group: "billing");

        Is(Row(), LedgerCell.Processed, 1, LedgerBasis.Metrics, Certainty.LowerBound);
    }

    [Fact]
    public void Retries_and_dead_letters_are_told_with_their_records()
    {
        Span(Told.Process("billing", Now, offset: 4, error: "System.TimeoutException", outcome: "retry_scheduled"));
        Span(Told.Process("billing", Now, offset: 5, error: "System.FormatException", outcome: "dead_lettered"));

        var row = Row();

        Is(row, LedgerCell.Retried, 1, LedgerBasis.Spans, Certainty.Estimate);
        Is(row, LedgerCell.DeadLettered, 1, LedgerBasis.Spans, Certainty.Estimate);
        Is(row, LedgerCell.Failed, 2, LedgerBasis.Spans, Certainty.Estimate);
        Assert.Equal(4, Assert.Single(Examples(LedgerCell.Retried)).Offset);
        Assert.Equal(5, Assert.Single(Examples(LedgerCell.DeadLettered)).Offset);
        var failures = Assert.Single(_run.Answers.Failures(_run.LastHour, default).Rows);
        Assert.Equal((1.0, 1.0), (failures.SentToRetry.Value, failures.DeadLettered.Value));
    }

    [Fact]
    public void Metrics_of_failures_come_before_their_spans()
    {
        Metric(MetricNames.ForwardedToRetry, "billing", 6, group: "billing", error: "e");
        Metric(MetricNames.DeadLettered, "billing", 2, group: "billing", error: "e");
        Metric(MetricNames.Retries, "billing", 9, group: "billing", error: "e");
        Metric(MetricNames.Redriven, "billing", 1, group: "billing");
        Span(Told.Process("billing", Now, outcome: "dead_lettered"));

        var row = Row();
        var failures = Assert.Single(_run.Answers.Failures(_run.LastHour, default).Rows);

        Is(row, LedgerCell.Retried, 6, LedgerBasis.Metrics, Certainty.Exact);
        Is(row, LedgerCell.DeadLettered, 2, LedgerBasis.Metrics, Certainty.Exact);
        Assert.Equal((9.0, 1.0), (failures.AttemptsRepeated, failures.Redriven));
    }

    [Fact]
    public void A_second_delivery_is_processed_twice()
    {
        var send = Told.Send("shop", Now, offset: 7);
        _run.Analyses.Settled(Told.Trace(Told.Hop(send, Told.Process("billing", Now, offset: 7), Told.Timing(1, 1))));
        _run.Analyses.Settled(Told.Trace(Told.Hop(send, Told.Process("billing", Now, offset: 7), Told.Timing(1, 1), delivery: 2)));

        Assert.Equal(1, Row()[LedgerCell.ProcessedTwice].Value);
        Assert.Equal("delivery 2", Assert.Single(Examples(LedgerCell.ProcessedTwice)).Why);
    }

    [Fact]
    public void A_poll_tells_of_what_was_fetched()
    {
        Span(Told.Process("billing", Now, batch: 30, operation: MessagingOperation.Receive));
        Span(Told.Process("billing", Now));

        var row = Row();

        Is(row, LedgerCell.Fetched, 30, LedgerBasis.Spans, Certainty.Estimate);
        Is(row, LedgerCell.Processed, 1, LedgerBasis.Spans, Certainty.Estimate);
    }

    [Fact]
    public void What_nobody_tells_is_unknown_and_says_why()
    {
        Span(Told.Send("shop", Now));

        var row = Row();

        Assert.Null(row.Group);
        foreach (var cell in (LedgerCell[])[LedgerCell.Fetched, LedgerCell.Processed, LedgerCell.Expired, LedgerCell.Skipped, LedgerCell.Gone, LedgerCell.NotSeen])
        {
            Assert.Equal((null, Certainty.Unknown, Verdict.Unknown), (row[cell].Value, row[cell].Certainty, row[cell].Verdict));
            Assert.NotNull(row[cell].Note);
        }
    }

    [Fact]
    public void Each_cell_opens_its_latest_records()
    {
        for (var i = 0; i < 30; i++)
        {
            Span(Told.Send("shop", Now, partition: 2, offset: i));
            _run.Clock.Pass(TimeSpan.FromSeconds(2));
        }

        _run.Shown();
        var examples = Examples(LedgerCell.Produced);

        Assert.Equal(10, examples.Count);
        Assert.Equal([.. Enumerable.Range(20, 10).Reverse().Select(i => (long)i)], examples.Select(example => example.Offset));
        Assert.All(examples, example => Assert.Equal((2, "shop"), (example.Partition, example.Service)));
    }

    [Fact]
    public void Groups_of_one_topic_have_rows_of_their_own_and_share_what_was_sent()
    {
        Span(Told.Send("shop", Now));
        Span(Told.Process("billing", Now));
        Span(Told.Process("mail", Now, group: "mail"));

        var rows = _run.Shown().Answers.Ledger(_run.LastHour, default).Rows;

        Assert.Equal(["billing", "mail"], rows.Select(row => row.Group).Order());
        Assert.All(rows, row => Assert.Equal(1, row[LedgerCell.Produced].Value));
    }

    [Fact]
    public void A_group_that_is_not_told_is_called_by_its_service()
    {
        Span(Told.Process("billing", Now, group: null));

        Assert.Equal("(billing)", Row().Group);
    }

    public void Dispose() => _run.Dispose();

    private LedgerRow Row() => Assert.Single(_run.Shown().Answers.Ledger(_run.LastHour, default).Rows);

    private IReadOnlyList<Example> Examples(LedgerCell cell) => _run.Answers.LedgerExamples(cell, "", "orders", "billing");

    private void Span(SpanFacts span) => _run.Analyses.Settled(Told.Trace(span));

    private void Metric(string name, string service, double value, long count = -1, string? group = null, string? error = null) =>
        _run.Analyses.Take(Told.Metric(
            name, service, Now - 60_000_000_000, Now, value, count, group: group, error: error));

    private static void Is(LedgerRow row, LedgerCell cell, double value, LedgerBasis basis, Certainty certainty)
    {
        var figure = row[cell];
        Assert.Equal((cell, value, basis, certainty), (figure.Cell, figure.Value, figure.Basis, figure.Certainty));
    }
}
