using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;
using Record = Throughline.Server.Tests.Fixtures.Clients.Record;

namespace Throughline.Server.Tests.Assemble;

/// <summary>Each cause is provoked, and told once.</summary>
public sealed class OrphanTests
{
    private static readonly Record Order = new("orders", 2, 41);

    private readonly Assembly _assembly = new();
    private readonly Clients _clients;

    public OrphanTests() => _clients = new(_assembly.Time);

    [Fact]
    public void Producer_not_instrumented()
    {
        _assembly.Add(_clients.ThroughlineProcess("billing", "g", Order, send: null)).WaitLong();

        Assert.Equal(OrphanCause.ProducerNotInstrumented, Assert.Single(_assembly.Orphans).Cause);
        var hop = Assert.Single(_assembly.Hops);
        Assert.Null(hop.Send);
        Assert.Equal(("orders → billing", 20 * Clients.Ms), (hop.Path, hop.Timing.Lag));
    }

    [Fact]
    public void Header_missing_says_the_send_itself()
    {
        var send = _clients.Span(
            "order-service", kind: SpanKind.Producer,
            messaging: new() { System = "kafka", Operation = MessagingOperation.Send, Topic = "orders", Partition = 2, Offset = 41, HeadersDropped = "record too large" });
        _assembly.Add(send, _clients.ThroughlineProcess("billing", "g", Order, send: null)).WaitLong();

        var orphan = Assert.Single(_assembly.Orphans);
        Assert.Equal(OrphanCause.HeaderMissing, orphan.Cause);
        Assert.Contains("record too large", orphan.Evidence, StringComparison.Ordinal);
        Assert.Equal(HopEvidence.Identity, Assert.Single(_assembly.Hops).Evidence);
    }

    [Fact]
    public void Header_missing_where_the_client_reads_those_of_other_records()
    {
        var other = new Record("orders", 2, 40);
        var traced = _clients.ThroughlineSend("order-service", other);
        var stripped = _clients.ThroughlineSend("order-service", Order);
        _assembly.Add(traced, stripped, _clients.ThroughlineProcess("billing", "g", other, traced), _clients.ThroughlineProcess("billing", "g", Order, null)).WaitLong();

        Assert.Equal(OrphanCause.HeaderMissing, Assert.Single(_assembly.Orphans).Cause);
    }

    [Theory]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7")]
    [InlineData("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("4bf92f3577b34da6")]
    public void Header_malformed(string header) => Assert.Equal(OrphanCause.HeaderMalformed, CauseByHeader(header));

    [Fact]
    public void Header_doubled() => Assert.Equal(
        OrphanCause.HeaderOverwritten,
        CauseByHeader("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b8-01"));

    [Fact]
    public void Header_there_and_valid_but_not_read() => Assert.Equal(
        OrphanCause.ConsumerNotExtracting, CauseByHeader("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Header_overwritten_by_a_forwarder_that_copied_it(bool sendFirst)
    {
        // Something reads orders and writes parcels, headers and all, without a span.
        var send = _clients.ThroughlineSend("order-service", Order);
        var process = _clients.ThroughlineProcess("shipping", "g", new("parcels", 0, 3), send);
        _assembly.Add(sendFirst ? send : process).Settle().Add(sendFirst ? process : send).WaitLong();

        var orphan = Assert.Single(_assembly.Orphans);
        Assert.Equal(OrphanCause.HeaderOverwritten, orphan.Cause);
        Assert.Equal(
            "The record parcels/0/3 carries the context of another one, which order-service sent orders/2/41.", orphan.Evidence);
        Assert.DoesNotContain(_assembly.Hops, hop => hop.Send is not null);
    }

    [Fact]
    public void A_mirrored_topic_is_the_records_way_and_no_orphan()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        _assembly.Add(send, _clients.JavaProcess("shipping", "g", new("eu.orders", 2, 9), send)).WaitLong();

        Assert.Empty(_assembly.Orphans);
        Assert.Equal("order-service → eu.orders → shipping", Assert.Single(_assembly.Hops).Path);
    }

    [Fact]
    public void Consumer_not_extracting_where_the_send_is_traced()
    {
        var send = _clients.ThroughlineSend("order-service", Order);
        var (recv, process) = _clients.PythonProcess("billing", Order, null);
        _assembly.Add(send, recv, process).WaitLong();

        Assert.Equal((OrphanCause.ConsumerNotExtracting, process), (Assert.Single(_assembly.Orphans).Cause, _assembly.Orphans[0].Span));
    }

    [Fact]
    public void Consumer_not_extracting_where_others_do_and_the_send_tells_no_place()
    {
        var send = _clients.PythonSend("order-service", "orders");
        var (recv, process) = _clients.PythonProcess("billing", Order, null);
        _assembly.Add(send, _clients.JavaProcess("mail", "m", Order, send), recv, process).WaitLong();

        Assert.Equal((OrphanCause.ConsumerNotExtracting, process), (Assert.Single(_assembly.Orphans).Cause, _assembly.Orphans[0].Span));
    }

    [Fact]
    public void Parent_sampled_out_say_the_links_flags()
    {
        var process = _clients.Span(
            "billing", kind: SpanKind.Consumer, messaging: Order.As(MessagingOperation.Process, "g"),
            links: [new(new(_clients.NewTrace(), 7), -1, -1, IsSampled: false)]);
        _assembly.Add(process).WaitLong();

        Assert.Equal((OrphanCause.ParentSampledOut, process.Links[0].Key), (Assert.Single(_assembly.Orphans).Cause, _assembly.Orphans[0].Missing));
    }

    [Fact]
    public void Parent_sampled_out_where_the_topics_sends_stand_for_several()
    {
        var sampled = _clients.Span(
            "order-service", kind: SpanKind.Producer, messaging: new Record("orders", 2, 40).As(MessagingOperation.Send), weight: 10);
        var unseen = _clients.ThroughlineSend("order-service", Order);
        _assembly.Add(sampled, _clients.DotNetProcess("billing", "g", Order, unseen)).WaitLong();

        Assert.Equal(OrphanCause.ParentSampledOut, Assert.Single(_assembly.Orphans).Cause);
    }

    [Fact]
    public void Parent_lost_after_its_time_and_not_before()
    {
        var child = _clients.Span("billing", new(_clients.NewTrace(), 7));
        _assembly.Add(child).Wait(60);
        Assert.Empty(_assembly.Orphans);

        _assembly.Wait(10);
        Assert.Equal((OrphanCause.ParentLost, new SpanKey(child.TraceId, 7)), (Assert.Single(_assembly.Orphans).Cause, _assembly.Orphans[0].Missing));
        Assert.Empty(_assembly.CameLate);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_parent_that_comes_after_its_time_takes_the_loss_back(bool restart)
    {
        var parent = _clients.Span("gateway");
        var child = _clients.Span("billing", parent.Key);
        _assembly.Add(child).WaitLong();
        if (restart)
        {
            _assembly.Restart();
        }

        _assembly.Add(parent).WaitLong();
        Assert.Equal(child, Assert.Single(_assembly.CameLate).Span);
        Assert.Single(_assembly.Orphans);
    }

    [Fact]
    public void A_parent_that_comes_in_time_makes_no_orphan_even_over_a_restart()
    {
        var parent = _clients.Span("gateway");
        _assembly.Add(_clients.Span("billing", parent.Key)).Wait(30).Restart().Wait(30).Add(parent).WaitLong();

        Assert.Empty(_assembly.Orphans);
        Assert.Empty(_assembly.CameLate);
    }

    [Fact]
    public void A_wait_is_not_forgotten_in_a_restart()
    {
        _assembly.Add(_clients.Span("billing", new(_clients.NewTrace(), 7))).Wait(30).Restart().Restart().WaitLong();
        Assert.Equal(OrphanCause.ParentLost, Assert.Single(_assembly.Orphans).Cause);
    }

    [Fact]
    public void Clock_skew_where_the_send_of_this_very_record_is_told_long_after()
    {
        var process = _clients.PythonProcess("billing", Order, null);
        var send = _clients.ThroughlineSend("order-service", Order, start: _assembly.Time.UnixNs + (long)TimeSpan.FromHours(1).TotalNanoseconds);
        _assembly.Add(process.Recv, process.Process, send).WaitLong();

        Assert.Equal(OrphanCause.ClockSkew, Assert.Single(_assembly.Orphans).Cause);
        Assert.Equal(process.Process, Assert.Single(_assembly.Ambiguous));
        Assert.Empty(_assembly.Hops);
    }

    [Fact]
    public void More_than_may_wait_are_decided_early_and_counted()
    {
        var assembly = new Assembly(new() { OpenEndsMax = 2 });
        for (var i = 0; i < 5; i++)
        {
            assembly.Add(_clients.Span("billing", new(_clients.NewTrace(), 7)));
        }

        assembly.Wait(8);
        Assert.Equal(3, assembly.Orphans.Count);
        Assert.Equal(3, assembly.Assembler.Statistics.DecidedEarly);
    }

    [Fact]
    public void There_is_a_way_to_mend_each_cause_for_each_client()
    {
        foreach (var cause in Enum.GetValues<OrphanCause>())
        {
            foreach (var client in Enum.GetValues<ClientFamily>())
            {
                var fix = OrphanAdvice.For(cause, client);
                Assert.EndsWith(".", fix.Sentence, StringComparison.Ordinal);
                Assert.True(fix.Snippet is { Length: > 0 } || cause == OrphanCause.ParentInFlight);
            }
        }

        Assert.Equal(ClientFamily.Java, OrphanAdvice.FamilyOf(_clients.JavaPublish("a", Order).Source));
        Assert.Equal(ClientFamily.Python, OrphanAdvice.FamilyOf(_clients.PythonSend("a", "orders").Source));
        Assert.Equal(ClientFamily.DotNet, OrphanAdvice.FamilyOf(_clients.DotNetProcess("a", "g", Order, _clients.PythonSend("a", "orders")).Source));
        Assert.Equal(ClientFamily.Throughline, OrphanAdvice.FamilyOf(_clients.ThroughlineSend("a", Order).Source));
    }

    private OrphanCause CauseByHeader(string header)
    {
        _assembly.Add(_clients.Span(
            "billing", kind: SpanKind.Consumer,
            messaging: new() { System = "kafka", Operation = MessagingOperation.Process, Topic = "orders", TraceParentHeader = header })).WaitLong();
        return Assert.Single(_assembly.Orphans).Cause;
    }
}
