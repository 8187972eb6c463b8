using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;
using Record = Throughline.Server.Tests.Fixtures.Clients.Record;

namespace Throughline.Server.Tests.Assemble;

public sealed class HopTests
{
    private static readonly Record Order = new("orders", 2, 41);

    private readonly Assembly _assembly = new();
    private readonly Clients _clients;

    public HopTests() => _clients = new(_assembly.Time);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_makes_a_hop_whichever_end_comes_first(bool sendFirst)
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        var process = _clients.DotNetProcess("billing", "billing-group", Order, send);
        _assembly.Add(sendFirst ? send : process).Settle().Add(sendFirst ? process : send).Settle();

        var hop = Assert.Single(_assembly.Hops);
        Assert.Equal((send, process, HopEvidence.Link), (hop.Send, hop.Process, hop.Evidence));
        Assert.Equal(("orders", 2, 41, "billing-group", 1), (hop.Topic, hop.Partition, hop.Offset, hop.Group, hop.Delivery));
        Assert.Equal("order-service → orders → billing", hop.Path);
    }

    [Fact]
    public void Both_ends_in_one_trace_make_one_hop()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        _assembly.Add(_clients.ThroughlineProcess("billing", "g", Order, send), send).Settle();

        Assert.Equal(HopEvidence.Link, Assert.Single(_assembly.Hops).Evidence);
        Assert.Equal(2, Assert.Single(_assembly.Traces).Spans.Count);
    }

    [Fact]
    public void Java_makes_a_hop_by_parent()
    {
        var send = _clients.JavaPublish("order-service", Order);
        _assembly.Add(send, _clients.JavaProcess("billing", "g", Order, send)).Settle();

        Assert.Equal(HopEvidence.Parent, Assert.Single(_assembly.Hops).Evidence);
    }

    [Fact]
    public void Python_makes_a_hop_by_its_link_although_the_send_tells_no_place()
    {
        var send = _clients.PythonSend("order-service", "orders");
        var (recv, process) = _clients.PythonProcess("billing", Order, send);
        _assembly.Add(recv, process).Settle().Add(send).Settle();

        var hop = Assert.Single(_assembly.Hops);
        Assert.Equal((2, 41, "(billing)"), (hop.Partition, hop.Offset, hop.Group));
        Assert.Equal(HopEvidence.Link, hop.Evidence);
    }

    [Fact]
    public void Kafkajs_makes_hops_of_single_messages_and_of_those_under_a_batch_poll()
    {
        var sends = Enumerable.Range(0, 3).Select(offset => _clients.JavaPublish("order-service", Order with { Offset = offset })).ToList();
        var (poll, processes) = _clients.NodeBatch("billing", [.. sends.Select(send => (Order with { Offset = send.Messaging!.Offset }, send))]);
        _assembly.Add([.. sends, poll, .. processes]).Settle();
        _assembly.Add(_clients.NodeProcess("shipping", Order with { Offset = 0 }, sends[0])).WaitLong();

        Assert.Equal(4, _assembly.Hops.Count);
        Assert.Equal(3, _assembly.Hops.Count(hop => hop.Evidence == HopEvidence.Link));
        Assert.Empty(_assembly.Orphans);
    }

    [Fact]
    public void A_batch_makes_a_hop_of_each_link_with_the_place_on_it()
    {
        var sends = Enumerable.Range(0, 3).Select(offset => _clients.ThroughlineSend("order-service", Order with { Offset = offset })).ToList();
        var payment = _clients.ThroughlineSend("till", new("payments", 0, 7));
        var batch = _clients.Batch(
            "billing", "g", [.. sends.Select(send => (Order with { Offset = send.Messaging!.Offset }, send)), (new Record("payments", 0, 7), payment)]);
        _assembly.Add(batch).Settle().Add([.. sends]).Settle().Add(payment).WaitLong();

        Assert.Equal(
            ["orders/2/0", "orders/2/1", "orders/2/2", "payments/0/7"],
            _assembly.Hops.Select(hop => $"{hop.Topic}/{hop.Partition}/{hop.Offset}").Order());
        Assert.Empty(_assembly.Orphans);
    }

    [Fact]
    public void Without_a_context_the_place_makes_the_hop()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        var (recv, process) = _clients.PythonProcess("billing", Order, send: null);
        _assembly.Add(recv, process).Settle().Add(send).Settle();

        Assert.Equal((HopEvidence.Identity, send), (Assert.Single(_assembly.Hops).Evidence, _assembly.Hops[0].Send));
    }

    [Fact]
    public void One_record_to_many_groups_is_a_hop_each()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        string[] groups = ["billing", "mail", "stock"];
        _assembly.Add(send).Add([.. groups.Select(group => _clients.ThroughlineProcess(group, group, Order, send))]).Settle();

        Assert.Equal(groups, _assembly.Hops.Select(hop => hop.Group).Order());
        Assert.All(_assembly.Hops, hop => Assert.Equal(1, hop.Delivery));
    }

    [Fact]
    public void Redeliveries_are_counted_across_traces_time_and_restarts()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        _assembly.Add(send).Settle();
        for (var i = 0; i < 3; i++)
        {
            _assembly.Add(_clients.DotNetProcess("billing", "g", Order, send)).Settle().Sleep(TimeSpan.FromHours(1)).Restart();
        }

        _assembly.Add(_clients.DotNetProcess("mail", "other", Order, send)).Settle();
        Assert.Equal([1, 2, 3, 1], _assembly.Hops.Select(hop => hop.Delivery));
    }

    [Fact]
    public void A_retry_topic_is_a_hop_of_its_own_although_the_processing_links_to_the_origin_too()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        var failed = _clients.ThroughlineProcess("billing", "g", Order, send);
        var again = new Record("orders.retry", 0, 3);
        var resend = _clients.ThroughlineSend("billing", again, failed.Key);
        var retried = _clients.ThroughlineProcess("billing", "g", again, resend, null, send);
        _assembly.Add(retried).Settle().Add(send, failed).Settle().Add(resend).WaitLong();

        Assert.Equal(["orders", "orders.retry"], _assembly.Hops.Select(hop => hop.Topic).Order());
        Assert.Equal("order-service → orders → billing → orders.retry → billing", _assembly.Hops.Single(hop => hop.Topic == "orders.retry").Path);
        Assert.Empty(_assembly.Orphans);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void Ends_hours_and_a_restart_apart_make_one_hop(bool sendFirst, bool restart)
    {
        var send = _clients.JavaPublish("order-service", Order);
        var process = _clients.JavaProcess("billing", "g", Order, send, _assembly.Time.UnixNs + (long)TimeSpan.FromHours(3).TotalNanoseconds);
        _assembly.Add(sendFirst ? send : process).Settle();
        _assembly.WaitLong().Sleep(TimeSpan.FromHours(3));
        if (restart)
        {
            _assembly.Restart();
        }

        _assembly.Add(sendFirst ? process : send).Settle();
        _assembly.Add(send, process).WaitLong();
        Assert.Single(_assembly.Hops);
        Assert.Equal(2, _assembly.Store.Spans.Count);
    }

    [Fact]
    public void What_was_sent_twice_counts_once()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        var process = _clients.ThroughlineProcess("billing", "g", Order, send);
        _assembly.Add(send, process, send, process).Settle().Add(process).Settle().Sleep(TimeSpan.FromHours(1)).Restart().Add(send).Settle();

        Assert.Single(_assembly.Hops);
        Assert.Equal(2, _assembly.Store.Spans.Count);
        Assert.Equal(2, _assembly.Traces.Sum(trace => trace.Spans.Count));
    }

    [Fact]
    public void A_receive_span_is_no_processing_where_its_service_has_process_spans()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        var receive = _clients.DotNetReceive("billing", "g", Order, send);
        var process = _clients.DotNetProcess("billing", "g", Order, send);
        _assembly.Add(send, receive).Wait(10).Add(process).WaitLong();

        Assert.Equal(process, Assert.Single(_assembly.Hops).Process);
        Assert.Empty(_assembly.Orphans);
    }

    [Fact]
    public void A_receive_span_is_the_processing_where_nothing_else_tells_of_it()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        var receive = _clients.DotNetReceive("billing", "g", Order, send);
        _assembly.Add(send, receive).WaitLong().Restart().WaitLong();

        Assert.Equal(receive, Assert.Single(_assembly.Hops).Process);
    }

    [Fact]
    public void A_processing_within_the_processing_of_its_record_is_not_another_one()
    {
        var send = _clients.JavaPublish("order-service", Order);
        var outer = _clients.JavaProcess("billing", "g", Order, send);
        var inner = _clients.Span("billing", outer.Key, "orders process", SpanKind.Consumer, Order.As(MessagingOperation.Process, "g"), scope: "spring");
        _assembly.Add(send, outer, inner).WaitLong();

        Assert.Equal(outer, Assert.Single(_assembly.Hops).Process);
        Assert.Empty(_assembly.Orphans);
    }

    [Fact]
    public void The_path_goes_on_from_the_processing_above_a_send_across_traces()
    {
        var request = _clients.Span("gateway");
        var handler = _clients.Span("order-service", request.Key);
        var send = _clients.ThroughlineSend("order-service", Order, handler.Key);
        var process = _clients.DotNetProcess("billing", "g", Order, send);
        var invoice = new Record("invoices", 0, 1);
        var next = _clients.ThroughlineSend("billing", invoice, process.Key);
        var last = _clients.DotNetProcess("mailer", "m", invoice, next);
        _assembly.Add(request, handler, send).Settle().Add(process, next).Settle().Restart().Sleep(TimeSpan.FromHours(1)).Add(last).Settle();

        Assert.Equal("gateway → order-service → orders → billing → invoices → mailer", _assembly.Hops[^1].Path);
        Assert.Equal(request.StartUnixNs, _assembly.Hops[^1].OriginUnixNs);
    }

    [Fact]
    public void A_trace_that_never_rests_is_settled_after_its_time()
    {
        var root = _clients.Span("busy");
        for (var i = 0; i < 62; i++)
        {
            _assembly.Add(_clients.Span("busy", root.Key)).Wait(1);
        }

        Assert.Equal(60, Assert.Single(_assembly.Traces).Spans.Count);
        Assert.Equal(2, _assembly.Assembler.Live(root.TraceId).Count);
    }

    [Fact]
    public void More_than_may_live_are_settled_early_and_counted()
    {
        var assembly = new Assembly(new() { LiveTracesMax = 3 });
        for (var i = 0; i < 5; i++)
        {
            assembly.Add(_clients.Span("a"));
        }

        assembly.Tick();
        Assert.Equal(2, assembly.Traces.Count);
        Assert.Equal((2, 3), (assembly.Assembler.Statistics.TracesSettledEarly, assembly.Assembler.Statistics.LiveTraces));
    }
}
