using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Tests.Fixtures;
using Record = Throughline.Server.Tests.Fixtures.Clients.Record;

namespace Throughline.Server.Tests.Journeys;

public sealed class JourneyTests
{
    private const long Ms = Clients.Ms;

    private readonly SteppedTime _time = new();
    private readonly MemoryStore _store = new();
    private readonly List<SpanFacts> _live = [];
    private readonly Clients _clients;
    private JourneyOptions _options = new();

    public JourneyTests() => _clients = new(_time);

    [Fact]
    public async Task Links_are_followed_down_and_up_over_any_number_of_traces()
    {
        var request = _clients.Span("gateway");
        var send = _clients.ThroughlineSend("order-service", new("orders", 0, 1), request.Key);
        var process = _clients.DotNetProcess("billing", "g", new("orders", 0, 1), send);
        var invoice = _clients.ThroughlineSend("billing", new("invoices", 0, 1), process.Key);
        var (recv, mail) = _clients.PythonProcess("mailer", new("invoices", 0, 1), invoice);
        var below = _clients.Span("mailer", mail.Key);
        Store(request, send, process, invoice, recv, mail, below);
        foreach (var asked in new[] { request, process, mail })
        {
            var journey = (await Reader().OfSpanAsync(asked.Key, default))!;
            Assert.Equal([request, send, process, invoice, mail, below], Own(journey));
            Assert.Equal(
                ["gateway → order-service → orders → billing", "gateway → order-service → orders → billing → invoices → mailer"],
                journey.Hops.Select(hop => hop.Path));
        }

        Assert.Equal(7, (await OfTraceAsync(mail)).Spans.Count(span => !span.Marks.HasFlag(JourneyMarks.Surrounding)));
        Assert.Contains(recv, (await OfRecordAsync("invoices", 0, 1)).Spans.Where(span => span.Marks.HasFlag(JourneyMarks.Surrounding)).Select(span => span.Facts));
    }

    [Fact]
    public async Task One_record_goes_to_many_groups()
    {
        var send = _clients.ThroughlineSend("order-service", new("orders", 0, 1));
        Store(send);
        for (var i = 0; i < 5; i++)
        {
            Store(_clients.DotNetProcess($"reader-{i}", $"group-{i}", new("orders", 0, 1), send));
        }

        Assert.Equal(5, (await OfRecordAsync("orders", 0, 1)).Hops.Select(hop => hop.Group).Distinct().Count());
    }

    [Fact]
    public async Task A_batch_belongs_to_each_records_journey_and_joins_none()
    {
        var sends = Enumerable.Range(0, 4).Select(offset => _clients.ThroughlineSend("order-service", new("orders", 0, offset))).ToList();
        var batch = _clients.Batch("billing", "g", [.. sends.Select(send => (new Record("orders", 0, send.Messaging!.Offset), send))]);
        var total = _clients.ThroughlineSend("billing", new("totals", 0, 9), batch.Key);
        Store([.. sends, batch, total]);
        foreach (var send in sends)
        {
            var journey = await OfTraceAsync(send);
            Assert.Equal([send, batch, total], Own(journey));
            Assert.Equal(send, Assert.Single(journey.Hops).Send);
            Assert.Equal(
                sends.Where(other => other != send).Select(other => other.Key),
                journey.Beside.Select(beside => beside.Link.Key));
        }

        var own = await OfTraceAsync(batch);
        Assert.Equal([batch, total], Own(own));
        Assert.Equal(4, own.Beside.Count);
    }

    [Fact]
    public async Task Under_a_poll_of_many_records_only_ones_own_is_ones_own()
    {
        var sends = Enumerable.Range(0, 3).Select(offset => _clients.JavaPublish("order-service", new("orders", 0, offset))).ToList();
        var (poll, processes) = _clients.NodeBatch("billing", [.. sends.Select(send => (new Record("orders", 0, send.Messaging!.Offset), send))]);
        Store([.. sends, poll, .. processes]);

        var journey = await OfRecordAsync("orders", 0, 1);
        Assert.Equal([sends[1], processes[1]], Own(journey));
        Assert.Equal(poll, Assert.Single(journey.Spans, span => span.Marks.HasFlag(JourneyMarks.Surrounding)).Facts);
    }

    [Fact]
    public async Task Retries_and_dead_letters_are_in_one_journey_linked_or_as_children()
    {
        var send = _clients.ThroughlineSend("order-service", new("orders", 0, 1));
        var first = _clients.DotNetProcess("billing", "g", new("orders", 0, 1), send);
        var retry = _clients.ThroughlineSend("billing", new("orders.retry", 0, 5), first.Key);
        var second = _clients.ThroughlineProcess("billing", "g", new("orders.retry", 0, 5), retry, null, send);
        var letter = _clients.ThroughlineSend("billing", new("orders.dlq", 0, 2), second.Key);
        Store(send, first, retry, second, letter);

        Assert.Equal([send, first, retry, second, letter], Own(await OfRecordAsync("orders.dlq", 0, 2)));
        Assert.Equal(["orders", "orders.retry"], (await OfRecordAsync("orders", 0, 1)).Hops.Select(hop => hop.Topic));
    }

    [Fact]
    public async Task Without_a_context_the_place_leads_on_both_ways()
    {
        var send = _clients.ThroughlineSend("order-service", new("orders", 0, 1));
        var (recv, process) = _clients.PythonProcess("billing", new("orders", 0, 1), null);
        Store(send, recv, process);
        foreach (var asked in new[] { send, process })
        {
            var journey = await OfTraceAsync(asked);
            Assert.Equal(HopEvidence.Identity, Assert.Single(journey.Hops).Evidence);
            Assert.Equal(send, journey.Hops[0].Send);
        }
    }

    [Fact]
    public async Task Cycles_end()
    {
        var (a, b) = (_clients.NewTrace(), _clients.NewTrace());
        Store(
            Cyclic(a, 1, 2, new SpanKey(b, 2)),
            Cyclic(a, 2, 1, new SpanKey(a, 1)),
            Cyclic(b, 1, 2, new SpanKey(a, 2)),
            Cyclic(b, 2, 1, new SpanKey(b, 2)));

        var journey = (await Reader().OfTraceAsync(a, default))!;
        Assert.Equal(4, journey.Spans.Count);
        Assert.NotEmpty(journey.Hops);
    }

    [Fact]
    public async Task A_huge_fan_out_is_cut_and_says_so()
    {
        _options = new() { SpansMax = 50, RelatedMax = 30 };
        var send = _clients.ThroughlineSend("order-service", new("orders", 0, 1));
        Store(send);
        for (var i = 0; i < 100; i++)
        {
            Store(_clients.DotNetProcess($"reader-{i}", $"group-{i}", new("orders", 0, 1), send));
        }

        var journey = await OfTraceAsync(send);
        Assert.Equal(31, journey.Spans.Count);
        Assert.Contains(journey.Omissions, omission => omission.Kind == OmissionKind.Related);

        _options = new() { SpansMax = 50 };
        journey = await OfTraceAsync(send);
        Assert.Equal(50, journey.Spans.Count);
        Assert.Equal(51, Assert.Single(journey.Omissions, omission => omission.Kind == OmissionKind.Spans).Count);
    }

    [Fact]
    public async Task The_critical_path_goes_through_the_topic()
    {
        var t = _time.UnixNs;
        var request = _clients.Span("gateway", start: t, durationNs: 10 * Ms);
        var send = _clients.ThroughlineSend("gateway", new("orders", 0, 1), request.Key, t + (2 * Ms));
        var process = _clients.ThroughlineProcess("billing", "g", new("orders", 0, 1), send, t + (100 * Ms));
        var query = _clients.Span("billing", process.Key, start: t + (101 * Ms), durationNs: 3 * Ms);
        var quick = _clients.DotNetProcess("mailer", "m", new("orders", 0, 1), send, t + (10 * Ms));
        Store(request, send, process, query, quick);

        var journey = await OfTraceAsync(request);
        Assert.Equal(["gateway", "orders", "billing"], journey.Path);
        Assert.Equal(
            [
                (SegmentKind.Span, request.Key, 2 * Ms),
                (SegmentKind.Produce, send.Key, 5 * Ms),
                (SegmentKind.InTopic, process.Key, 92 * Ms),
                (SegmentKind.InClient, process.Key, 1 * Ms),
                (SegmentKind.Span, process.Key, 1 * Ms),
                (SegmentKind.Span, query.Key, 3 * Ms),
                (SegmentKind.Span, process.Key, 1 * Ms),
            ],
            journey.CriticalPath.Select(segment => (segment.Kind, segment.Span, segment.DurationNs)));
        Assert.Equal(105 * Ms, journey.CriticalPath.Sum(segment => segment.DurationNs));
    }

    [Fact]
    public async Task Spans_are_marked_with_what_is_wrong_with_them()
    {
        var send = _clients.ThroughlineSend("order-service", new("orders", 0, 1));
        var early = _clients.ThroughlineProcess("billing", "g", new("orders", 0, 1), send, send.StartUnixNs - (5000 * Ms));
        var lost = _clients.Span("billing", new(send.TraceId, 99));
        var failing = _clients.Span("billing", send.Key);
        Store(send, early, lost);
        _live.Add(failing);

        var young = await OfTraceAsync(send);
        Assert.Equal(OrphanCause.ParentInFlight, MarkOf(young, lost).Orphan!.Cause);
        Assert.True(MarkOf(young, early).Marks.HasFlag(JourneyMarks.ClockSkew));
        Assert.True(MarkOf(young, failing).Marks.HasFlag(JourneyMarks.Live));
        Assert.False(MarkOf(young, send).Marks.HasFlag(JourneyMarks.Orphan));

        _time.Go(TimeSpan.FromMinutes(2));
        Assert.Equal(OrphanCause.ParentLost, MarkOf(await OfTraceAsync(send), lost).Orphan!.Cause);
    }

    [Fact]
    public async Task What_nobody_knows_has_no_journey()
    {
        Assert.Null(await Reader().OfTraceAsync(_clients.NewTrace(), default));
        Assert.Null(await Reader().OfRecordAsync("orders", 0, 1, default));
    }

    [Fact]
    public async Task A_hundred_thousand_spans_are_read_in_bounded_time()
    {
        var root = _clients.Span("gateway");
        Store(root);
        for (var i = 0; i < 20_000; i++)
        {
            var send = _clients.ThroughlineSend("gateway", new("orders", 0, i), root.Key);
            var process = _clients.ThroughlineProcess("billing", "g", new("orders", 0, i), send);
            Store(send, process, _clients.Span("billing", process.Key), _clients.Span("billing", process.Key), _clients.Span("billing", process.Key));
        }

        var started = TimeProvider.System.GetTimestamp();
        var journey = await OfTraceAsync(root);
        Assert.Equal(100_000, journey.Spans.Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_traces_own_links_are_no_others()
    {
        _options = new() { RelatedMax = 10 };
        var root = _clients.Span("gateway");
        Store(root);
        for (var i = 0; i < 50; i++)
        {
            var send = _clients.ThroughlineSend("gateway", new("orders", 0, i), root.Key);
            Store(send, _clients.ThroughlineProcess("billing", "g", new("orders", 0, i), send));
        }

        var journey = await OfTraceAsync(root);
        Assert.Equal(101, journey.Spans.Count);
        Assert.Empty(journey.Omissions);
    }

    [Fact]
    public async Task The_critical_path_through_many_children_is_found_without_searching_them_anew()
    {
        var t = _time.UnixNs;
        var root = _clients.Span("gateway", start: t, durationNs: 30_000 * Ms);
        Store(root);
        for (var i = 0; i < 30_000; i++)
        {
            Store(_clients.Span("gateway", root.Key, "step", start: t + (i * Ms), durationNs: i % 3 == 0 ? 0 : Ms / 2));
        }

        var started = TimeProvider.System.GetTimestamp();
        var journey = await OfTraceAsync(root);
        Assert.Equal(_options.SegmentsMax, journey.CriticalPath.Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private SpanFacts Cyclic(TraceId trace, ulong id, ulong parent, SpanKey linked) => new()
    {
        TraceId = trace,
        SpanId = id,
        ParentSpanId = parent,
        Kind = id == 1 ? SpanKind.Consumer : SpanKind.Producer,
        Name = "round",
        Source = Sources.Of("ring", "app", null),
        StartUnixNs = _time.UnixNs,
        EndUnixNs = _time.UnixNs + Ms,
        Messaging = new Record("ring").As(id == 1 ? MessagingOperation.Process : MessagingOperation.Send),
        Links = [new(linked, -1, -1)],
    };

    private void Store(params SpanFacts[] spans)
    {
        foreach (var span in spans)
        {
            _store.Append(span, default);
        }
    }

    private JourneyReader Reader() => new(
        _store,
        (trace, _) => Task.FromResult<IReadOnlyList<StoredSpan>>(
            [.. _live.Where(span => span.TraceId == trace).Select(span => new StoredSpan(span, default))]),
        _time,
        _options);

    private async Task<Journey> OfTraceAsync(SpanFacts span) => (await Reader().OfTraceAsync(span.TraceId, default))!;

    private async Task<Journey> OfRecordAsync(string topic, int partition, long offset) =>
        (await Reader().OfRecordAsync(topic, partition, offset, default))!;

    private static IEnumerable<SpanFacts> Own(Journey journey) => journey.Spans
        .Where(span => !span.Marks.HasFlag(JourneyMarks.Surrounding))
        .Select(span => span.Facts);

    private static JourneySpan MarkOf(Journey journey, SpanFacts span) => journey.Spans.Single(one => one.Facts == span);
}
