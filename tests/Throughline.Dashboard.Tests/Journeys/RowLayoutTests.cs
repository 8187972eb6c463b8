using Throughline.Dashboard.Internal.Journeys;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Journeys.Told;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;
using Record = Throughline.Server.Tests.Fixtures.Clients.Record;

namespace Throughline.Dashboard.Tests.Journeys;

public sealed class RowLayoutTests
{
    private const long Ms = Clients.Ms;

    private readonly JourneyRig _rig = new();

    private Clients Clients => _rig.Clients;

    [Fact]
    public async Task Records_time_in_its_topic_is_a_row_between_send_and_processing()
    {
        var request = Clients.Span("gateway", name: "POST /orders");
        var send = Clients.ThroughlineSend("gateway", new("orders", 3, 4711), request.Key);
        var process = Clients.ThroughlineProcess("billing", "billing", new("orders", 3, 4711), send, _rig.Now + (2100 * Ms));
        _rig.Store(request, send, process, Clients.Span("billing", process.Key, "card check", start: _rig.Now + (2101 * Ms)));

        var journey = await _rig.OfTraceAsync(request);
        Assert.Equal(
            ["POST /orders", "  send orders", "    orders[3]@4711 → billing", "      process orders", "        card check"],
            JourneyRig.Outline(journey.Rows));
        var topic = journey.Rows[2];
        Assert.Equal("orders[3]@4711 · waited 2.1 s", RowWords.Label(topic));
        Assert.Equal((send.StartUnixNs, process.StartUnixNs), (topic.StartUnixNs, topic.EndUnixNs));
        Assert.Equal(send.EndUnixNs, TopicRows.AcknowledgedUnixNs(topic.Hop!));
        Assert.Equal(process.Messaging!.ReceivedUnixNs, TopicRows.FetchedUnixNs(topic.Hop!));
    }

    [Fact]
    public async Task Groups_have_a_lane_each_the_slowest_first_and_before_them_who_has_not_read()
    {
        var send = Clients.ThroughlineSend("gateway", new("orders", 0, 1));
        _rig.Store(
            send,
            Clients.DotNetProcess("mailer", "quick", new("orders", 0, 1), send, _rig.Now + (10 * Ms)),
            Clients.DotNetProcess("billing", "slow", new("orders", 0, 1), send, _rig.Now + (900 * Ms)),
            Clients.DotNetProcess("audit", "middle", new("orders", 0, 1), send, _rig.Now + (100 * Ms)));

        var journey = await _rig.OfTraceAsync(send, "quick", "never");
        Assert.Equal(["never", "slow", "middle", "quick"], LaidOutJourney.LanesOf(journey.Rows[0]).Select(lane => lane.Group));
        Assert.Equal("orders[0]@1 · nobody in group never has processed it", RowWords.Label(journey.Rows[1]));
        Assert.Contains(new Badge("→ 4 groups"), BadgeWords.Of(journey.Rows[0]));
    }

    [Fact]
    public async Task Retries_and_dead_letters_are_in_line()
    {
        var send = Clients.ThroughlineSend("gateway", new("orders", 0, 1));
        var first = Clients.ThroughlineProcess("billing", "g", new("orders", 0, 1), send);
        var retry = Clients.ThroughlineSend("billing", new("orders.retry", 0, 5), first.Key);
        var second = Clients.ThroughlineProcess("billing", "g", new("orders.retry", 0, 5), retry, null, send);
        _rig.Store(send, first, retry, second, Clients.ThroughlineSend("billing", new("orders.dlq", 0, 2), second.Key));

        Assert.Equal(
            [
                "send orders", "  orders[0]@1 → g", "    process orders", "      send orders.retry", "        orders.retry[0]@5 → g",
                "          process orders.retry", "            send orders.dlq",
            ],
            JourneyRig.Outline((await _rig.OfTraceAsync(send)).Rows));
    }

    [Fact]
    public async Task Five_alike_siblings_are_one_row_and_four_are_not()
    {
        var root = Clients.Span("gateway", name: "import");
        _rig.Store(root);
        for (var i = 0; i < 23; i++)
        {
            _rig.Store(Clients.Span("gateway", root.Key, "row", start: _rig.Now + (i * Ms)));
        }

        for (var i = 0; i < 4; i++)
        {
            _rig.Store(Clients.Span("gateway", root.Key, "check", start: _rig.Now + (50 * Ms)));
        }

        var rows = (await _rig.OfTraceAsync(root)).Rows;
        Assert.Equal(29, rows.Count);
        Assert.Equal(["import", "  23 × row", "  check", "  check", "  check", "  check"], JourneyRig.Outline(Folding.Visible(rows, Folding.None)));
        Assert.Equal((1, 24), (rows[1].Index, rows[1].Last));
        Assert.Equal(29, Folding.Visible(rows, new HashSet<string> { RowWords.Key(rows[1]) }).Count());
    }

    [Fact]
    public async Task A_batch_is_below_the_last_of_its_records_and_the_others_lead_to_it()
    {
        var root = Clients.Span("gateway");
        var sends = Enumerable.Range(0, 3).Select(i => Clients.ThroughlineSend("gateway", new("orders", 0, i), root.Key, _rig.Now + (i * Ms))).ToList();
        var batch = Clients.Batch("billing", "g", [.. sends.Select(send => (new Record("orders", 0, send.Messaging!.Offset), send))], _rig.Now + (100 * Ms));
        _rig.Store([root, .. sends, batch]);

        var journey = await _rig.OfTraceAsync(root);
        var row = journey.Find(batch.Key)!;
        Assert.Equal("orders[0]@2", RowWords.Place(journey.Rows[row.Parent].Topic, 0, journey.Rows[row.Parent].Offset));
        Assert.Equal([row, row], journey.Rows.Where(one => one.Target is not null).Select(one => one.Target!));
        Assert.True(row.Has(RowFlags.Batch));
    }

    [Fact]
    public async Task What_encloses_a_processing_is_beside_it()
    {
        var send = Clients.PythonSend("gateway", "orders");
        var (recv, process) = Clients.PythonProcess("billing", new("orders", 0, 1), send);
        _rig.Store(send, recv, process);

        var journey = await _rig.OfTraceAsync(send);
        Assert.Equal(3, journey.Rows.Count(row => row.Kind == RowKind.Span));
        Assert.Equal(journey.Find(recv.Key)!.Parent, journey.Find(process.Key)!.Parent);
        Assert.True(journey.Find(recv.Key)!.Has(RowFlags.Surrounding));
    }

    [Fact]
    public async Task Clocks_that_differ_are_marked_and_times_stay()
    {
        var send = Clients.ThroughlineSend("gateway", new("orders", 0, 1));
        var early = Clients.ThroughlineProcess("billing", "g", new("orders", 0, 1), send, send.StartUnixNs - (5000 * Ms));
        _rig.Store(send, early);

        var journey = await _rig.OfTraceAsync(send);
        var topic = journey.Rows.Single(row => row.Kind == RowKind.InTopic);
        Assert.True(topic.Has(RowFlags.ClockSkew));
        Assert.Contains("clocks differ by 5", RowWords.Label(topic), StringComparison.Ordinal);
        Assert.Equal(early.StartUnixNs, journey.StartUnixNs);
    }

    [Fact]
    public async Task Circles_are_cut_and_every_span_is_there_once()
    {
        var (a, b) = (Clients.NewTrace(), Clients.NewTrace());
        SpanFacts[] ring = [Cyclic(a, 1, 2, new(b, 2)), Cyclic(a, 2, 1, new(a, 1)), Cyclic(b, 1, 2, new(a, 2)), Cyclic(b, 2, 1, new(b, 2))];
        _rig.Store(ring);
        var rows = (await _rig.OfTraceAsync(ring[0])).Rows;
        Assert.Equal(4, rows.Where(row => row.Kind == RowKind.Span).Select(row => row.Facts).Distinct().Count());
        Assert.Equal(4, rows.Count(row => row.Kind == RowKind.Span));
    }

    [Fact]
    public async Task A_chain_of_fifty_thousand_spans_is_laid_out_without_recursion()
    {
        var last = Clients.Span("deep");
        var first = last;
        _rig.Store(last);
        for (var i = 1; i < 50_000; i++)
        {
            last = Clients.Span("deep", last.Key, $"step {i}");
            _rig.Store(last);
        }

        var rows = (await _rig.OfTraceAsync(first)).Rows;
        Assert.Equal(50_000, rows.Count);
        Assert.Equal((50_000, 49_999), (rows[^1].Level, rows[0].Last));
    }

    [Fact]
    public async Task Sentence_says_where_the_time_went()
    {
        var request = Clients.Span("gateway", name: "POST /orders", durationNs: 10 * Ms);
        var send = Clients.ThroughlineSend("gateway", new("orders", 3, 1), request.Key, _rig.Now + (2 * Ms));
        var process = Clients.Span(
            "billing", send.Key, "process orders", SpanKind.Consumer, new Record("orders", 3, 1).As(MessagingOperation.Process, "g", _rig.Now + (3 * Ms)),
            [new(send.Key, -1, -1)], "Throughline.Kafka", isParentRemote: true, start: _rig.Now + (607 * Ms), durationNs: 3500 * Ms);
        _rig.Store(request, send, process, Clients.Span("billing", process.Key, "card check", start: _rig.Now + (900 * Ms), durationNs: 3200 * Ms));

        var way = (await _rig.OfTraceAsync(request)).Way;
        Assert.Equal("4.11 s end to end: 3.2 s in billing's handler 'card check', 600 ms waiting in orders[3], 300 ms in billing's handler 'process orders'.", way.Sentence);
        Assert.Equal([PathPart.Sender, PathPart.Broker, PathPart.Queue, PathPart.Handler], way.Shares.Select(share => share.Part));
        Assert.Equal(way.DurationNs, way.Shares.Sum(share => share.DurationNs));
    }

    private SpanFacts Cyclic(TraceId trace, ulong id, ulong parent, SpanKey linked) => new()
    {
        TraceId = trace,
        SpanId = id,
        ParentSpanId = parent,
        Kind = id == 1 ? SpanKind.Consumer : SpanKind.Producer,
        Name = "round",
        Source = Sources.Of("ring", "app", null),
        StartUnixNs = _rig.Now,
        EndUnixNs = _rig.Now + Ms,
        Messaging = new Record("ring").As(id == 1 ? MessagingOperation.Process : MessagingOperation.Send),
        Links = [new(linked, -1, -1)],
    };
}
