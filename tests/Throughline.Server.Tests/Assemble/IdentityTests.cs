using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;
using Record = Throughline.Server.Tests.Fixtures.Clients.Record;

namespace Throughline.Server.Tests.Assemble;

/// <summary>An offset names a record only within a cluster and a topic's life.</summary>
public sealed class IdentityTests
{
    private static readonly Record Order = new("orders", 2, 41);

    private readonly Assembly _assembly = new();
    private readonly Clients _clients;

    public IdentityTests() => _clients = new(_assembly.Time);

    [Fact]
    public void Clusters_are_told_apart_by_their_ids() => Assert.Equal("a", SenderOf(Process(cluster: "A"), Send("a", cluster: "A"), Send("b", cluster: "B")));

    [Fact]
    public void Else_by_server_addresses_of_which_one_is_enough() => Assert.Equal(
        "a", SenderOf(Process(server: "one:9092,two:9092"), Send("a", server: "TWO:9092,three:9092"), Send("b", server: "three:9092")));

    [Fact]
    public void Else_by_environment() => Assert.Equal(
        "a", SenderOf(Process(environment: "prod"), Send("a", environment: "prod"), Send("b", environment: "staging"), Send("c")));

    [Fact]
    public void What_only_one_of_them_tells_does_not_count() => Assert.Equal(
        "a", SenderOf(Process(cluster: "A", environment: "prod"), Send("a", server: "x", environment: "prod"), Send("b", cluster: "B", environment: "prod")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Several_candidates_are_ambiguous_and_never_guessed(bool sendsFirst)
    {
        SpanFacts[] sends = [Send("a"), Send("b")];
        var process = Process();
        if (sendsFirst)
        {
            _assembly.Add(sends).Settle().Add(process).WaitLong();
            Assert.Empty(_assembly.Hops);
            Assert.Equal(process, Assert.Single(_assembly.Ambiguous));
        }
        else
        {
            // The first that settles was alone when it did.
            _assembly.Add(process).Settle().Add(sends[0]).Settle().Add(sends[1]).WaitLong();
            Assert.Equal("a", Assert.Single(_assembly.Hops).Send!.Source.Service);
        }
    }

    [Fact]
    public void A_topic_that_was_made_again_has_the_same_offsets_and_the_records_time_tells_which()
    {
        var old = Send("old");
        _assembly.Add(old).Settle().Sleep(TimeSpan.FromHours(2));
        var young = Send("young");
        _assembly.Add(young).Settle();

        _assembly.Add(Process(timestamp: young.StartUnixNs)).Settle();
        Assert.Equal("young", Assert.Single(_assembly.Hops).Send!.Source.Service);

        _assembly.Add(Process()).Settle();
        Assert.Single(_assembly.Hops);
        Assert.Single(_assembly.Ambiguous);
    }

    [Fact]
    public void A_send_of_long_ago_is_not_plausible()
    {
        _assembly.Add(Send("old")).Settle().Sleep(TimeSpan.FromHours(25));
        _assembly.Add(Process()).WaitLong();

        Assert.Empty(_assembly.Hops);
        Assert.Equal(OrphanCause.ConsumerNotExtracting, Assert.Single(_assembly.Orphans).Cause);
    }

    [Fact]
    public void A_link_to_a_span_that_sent_nothing_leaves_it_to_the_place()
    {
        // The application put its own span's context on the record; the client sent without.
        var request = _clients.Span("gateway");
        var process = _clients.Span("billing", kind: SpanKind.Consumer, messaging: Order.As(MessagingOperation.Process, "g"), links: [new(request.Key, -1, -1)]);
        var send = Send("gateway");
        _assembly.Add(request, process).Settle().Add(send).WaitLong();

        Assert.Equal((send, HopEvidence.Identity), (Assert.Single(_assembly.Hops).Send, _assembly.Hops[0].Evidence));
        Assert.Empty(_assembly.Orphans);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_send_that_was_given_a_context_is_found_through_its_link_to_it(bool sendFirst)
    {
        var create = _clients.Span("gateway", name: "create orders", kind: SpanKind.Internal);
        var send = _clients.Span("gateway", kind: SpanKind.Client, messaging: Order.As(MessagingOperation.Send), links: [new(create.Key, -1, -1)]);
        var process = _clients.DotNetProcess("billing", "g", Order, create);
        _assembly.Add(sendFirst ? send : process).Settle().Add(sendFirst ? process : send).WaitLong();

        Assert.Equal((send, HopEvidence.Link), (Assert.Single(_assembly.Hops).Send, _assembly.Hops[0].Evidence));
    }

    private string? SenderOf(SpanFacts process, params SpanFacts[] sends)
    {
        _assembly.Add(sends).Settle().Add(process).Settle();
        return Assert.Single(_assembly.Hops).Send?.Source.Service;
    }

    private SpanFacts Send(string service, string? cluster = null, string? server = null, string? environment = null) =>
        _clients.Span(service, kind: SpanKind.Producer, messaging: Facts(MessagingOperation.Send, cluster, server), environment: environment);

    private SpanFacts Process(string? cluster = null, string? server = null, string? environment = null, long timestamp = -1) =>
        _clients.Span("billing", kind: SpanKind.Consumer, messaging: Facts(MessagingOperation.Process, cluster, server, timestamp), environment: environment);

    private static MessagingFacts Facts(MessagingOperation operation, string? cluster, string? server, long timestamp = -1) => new()
    {
        System = "kafka",
        Operation = operation,
        Topic = Order.Topic,
        Partition = Order.Partition,
        Offset = Order.Offset,
        ClusterId = cluster,
        Server = server,
        RecordTimestampUnixMs = timestamp < 0 ? -1 : timestamp / Clients.Ms,
    };
}
