using Throughline.Cli.Demo;
using Throughline.Cli.Demo.Traces;

namespace Throughline.Cli.Tests;

public class TopicWaitTests
{
    [Fact]
    public void The_wait_runs_from_the_acknowledged_send_to_the_begin_of_processing()
    {
        var wait = new OrderSpans().Judge().Wait!;

        Assert.Equal("order-events[1]@5", wait.Record);
        Assert.Equal(TopicWaitKind.Measured, wait.Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(6), wait.Duration);
    }

    [Fact]
    public void A_timestamp_set_by_the_broker_wins_over_the_send_spans_end()
    {
        var spans = new OrderSpans();
        spans.Process = spans.Process! with
        {
            Attributes = new Dictionary<string, object>
            {
                [SpanNames.RecordTimestampType] = "LogAppendTime",
                [SpanNames.RecordTimestamp] = OrderSpans.At(5) / 1_000_000,
            },
        };

        Assert.Equal(TimeSpan.FromMilliseconds(9), spans.Judge().Wait!.Duration);
    }

    [Fact]
    public void A_timestamp_set_by_the_producer_says_nothing_about_the_topic()
    {
        var spans = new OrderSpans();
        spans.Process = spans.Process! with
        {
            Attributes = new Dictionary<string, object>
            {
                [SpanNames.RecordTimestampType] = "CreateTime",
                [SpanNames.RecordTimestamp] = OrderSpans.At(2) / 1_000_000,
            },
        };

        Assert.Equal(TimeSpan.FromMilliseconds(6), spans.Judge().Wait!.Duration);
    }

    [Fact]
    public void A_record_taken_before_the_acknowledgement_waited_no_time_and_is_marked()
    {
        var spans = new OrderSpans();
        spans.Process = spans.Process! with { StartUnixNano = OrderSpans.At(7) };

        var wait = spans.Judge().Wait!;

        Assert.Equal(TopicWaitKind.TakenBeforeAcknowledged, wait.Kind);
        Assert.Equal(TimeSpan.Zero, wait.Duration);
    }

    [Fact]
    public void Processing_before_the_send_is_clock_skew_and_never_a_negative_wait()
    {
        var spans = new OrderSpans();
        spans.Process = spans.Process! with { StartUnixNano = OrderSpans.At(1) };

        var wait = spans.Judge().Wait!;

        Assert.Equal(TopicWaitKind.ClockSkew, wait.Kind);
        Assert.Equal(TimeSpan.Zero, wait.Duration);
    }

    [Fact]
    public void An_orphan_waited_too() =>
        Assert.Equal(TimeSpan.FromMilliseconds(7), OrderSpans.Orphaned().Judge().Wait!.Duration);

    [Fact]
    public void Without_a_delivery_report_only_the_topic_is_named()
    {
        var spans = new OrderSpans();
        spans.Send = spans.Send with { Attributes = new Dictionary<string, object> { [SpanNames.Destination] = "order-events" } };

        Assert.Equal("order-events", spans.Judge().Wait!.Record);
    }
}
