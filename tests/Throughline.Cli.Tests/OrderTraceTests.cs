using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Traces;

namespace Throughline.Cli.Tests;

public class OrderTraceTests
{
    [Fact]
    public void One_trace_with_every_parent_and_the_link_is_whole()
    {
        var order = new OrderSpans().Judge();

        Assert.Empty(order.Breaks);
        Assert.True(order.IsWhole);
        Assert.True(order.IsSettled);
        Assert.Equal(OrderSpans.TraceId, order.TraceId);
        Assert.Equal(TimeSpan.FromMilliseconds(20), order.EndToEnd);
    }

    [Fact]
    public void An_order_of_which_nothing_was_seen_is_broken_and_may_still_come()
    {
        var order = new SpanBook().Read(OrderSpans.OrderId);

        Assert.Equal([TraceBreak.NoRequestSpan, TraceBreak.NoSendSpan, TraceBreak.NoProcessSpan], order.Breaks);
        Assert.False(order.IsSettled);
        Assert.Null(order.EndToEnd);
    }

    [Fact]
    public void A_record_that_nobody_processed_is_no_process_span()
    {
        var order = new OrderSpans { Process = null, Handler = null }.Judge();

        Assert.Equal([TraceBreak.NoProcessSpan], order.Breaks);
        Assert.False(order.IsSettled);
    }

    [Fact]
    public void A_handler_in_a_trace_of_its_own_is_broken_for_good()
    {
        var order = OrderSpans.Orphaned().Judge();

        Assert.Equal([TraceBreak.OtherTrace], order.Breaks);
        Assert.True(order.IsSettled);
        Assert.Equal(OrderSpans.TraceId, order.TraceId);
    }

    [Fact]
    public void A_parent_that_was_not_seen_breaks_the_trace_until_it_comes()
    {
        var spans = new OrderSpans();
        spans.Insert = spans.Insert with { ParentSpanId = "00000000000000ff" };

        var order = spans.Judge();

        Assert.Equal([TraceBreak.ParentMissing], order.Breaks);
        Assert.False(order.IsSettled);
    }

    [Fact]
    public void A_process_span_that_is_not_yet_exported_leaves_its_child_without_parent()
    {
        var order = new OrderSpans { Process = null }.Judge();

        Assert.Equal([TraceBreak.ParentMissing], order.Breaks);
        Assert.False(order.IsSettled);
    }

    [Fact]
    public void A_process_span_beside_the_send_is_not_below_it()
    {
        var spans = new OrderSpans();
        spans.Process = spans.Process! with { ParentSpanId = spans.Create.SpanId };

        Assert.Equal([TraceBreak.ParentMissing], spans.Judge().Breaks);
    }

    [Fact]
    public void A_process_span_without_a_link_to_the_send_is_broken()
    {
        var spans = new OrderSpans();
        spans.Process = spans.Process! with { Links = [new TraceSpanLink(OrderSpans.TraceId, "00000000000000ff")] };

        Assert.Equal([TraceBreak.NoLink], spans.Judge().Breaks);
    }

    [Fact]
    public void A_trace_that_does_not_begin_with_the_request_is_broken()
    {
        var spans = new OrderSpans();
        spans.Request = spans.Request with { Kind = TraceSpanKind.Internal };

        Assert.Equal([TraceBreak.NoRequestSpan], spans.Judge().Breaks);
    }

    [Fact]
    public void A_root_with_an_unseen_parent_is_no_root()
    {
        var spans = new OrderSpans();
        spans.Request = spans.Request with { ParentSpanId = "00000000000000ff" };

        Assert.Equal([TraceBreak.NoRequestSpan, TraceBreak.ParentMissing], spans.Judge().Breaks);
    }

    [Fact]
    public void A_span_that_came_twice_counts_once()
    {
        var spans = new OrderSpans();
        var book = new SpanBook();
        foreach (var span in new[] { spans.Request, spans.Create, spans.Insert, spans.Send, spans.Process!, spans.Handler! })
        {
            book.Add(span);
            book.Add(span);
        }

        var order = book.Read(OrderSpans.OrderId);

        Assert.True(order.IsWhole);
        Assert.Equal(6, order.Request.Spans.Count);
    }

    [Fact]
    public void Of_two_sends_the_one_that_was_consumed_counts()
    {
        var spans = new OrderSpans();
        var book = new SpanBook();
        var failed = spans.Send with { SpanId = "00000000000000c1", StartUnixNano = OrderSpans.At(1), Error = "timed out" };
        foreach (var span in new[] { spans.Request, spans.Create, spans.Send, failed, spans.Process!, spans.Handler! })
        {
            book.Add(span);
        }

        var order = book.Read(OrderSpans.OrderId);

        Assert.True(order.IsWhole);
        Assert.Equal(spans.Send, order.Send);
    }

    [Fact]
    public void A_circle_of_parents_does_not_hang_the_judge()
    {
        var spans = new OrderSpans();
        spans.Request = spans.Request with { ParentSpanId = spans.Create.SpanId };

        Assert.Contains(TraceBreak.NoRequestSpan, spans.Judge().Breaks);
    }

    [Fact]
    public void Every_break_has_words_and_a_code_of_its_own()
    {
        var all = Enum.GetValues<TraceBreak>();

        Assert.Equal(all.Length, all.Select(TraceBreaks.Describe).Distinct().Count());
        Assert.Equal(all.Length, all.Select(TraceBreaks.Code).Distinct().Count());
    }

    [Fact]
    public void Only_orders_with_news_are_looked_at_again()
    {
        var spans = new OrderSpans();
        var book = new SpanBook();
        book.Add(spans.Send);
        Assert.Empty(book.TakeChangedOrders());

        book.Add(spans.Create);
        Assert.Equal([OrderSpans.OrderId], book.TakeChangedOrders());
        Assert.Empty(book.TakeChangedOrders());

        book.Add(spans.Request);
        Assert.Equal([OrderSpans.OrderId], book.TakeChangedOrders());
    }
}
