using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;
using Record = Throughline.Server.Tests.Fixtures.Clients.Record;

namespace Throughline.Server.Tests.Assemble;

/// <summary>
/// Random journeys and the truth about them. Spans of one record arrive in any order, seconds or hours late, twice, or never;
/// clients of every kind produce and consume.
/// </summary>
internal sealed class SimulatedWorld
{
    private const int DepthMax = 3;
    private static readonly string[] Topics = ["orders", "invoices", "parcels", "totals"];

    private readonly Random _random;
    private readonly Clients _clients;
    private readonly Dictionary<(string, int), long> _offsets = [];
    private readonly List<(Record Record, SpanFacts Send)> _forBatches = [];

    public SimulatedWorld(int seed, SteppedTime time, int journeys)
    {
        _random = new(seed);
        _clients = new(time, seed + 1);
        for (var i = 0; i < journeys; i++)
        {
            var at = time.UnixNs + Seconds(_random.NextDouble() * 1800);
            var request = Span(_clients.Span("gateway", start: at));
            Produce(request, at + Clients.Ms, 0);
        }

        while (_forBatches.Count > 0)
        {
            Batch(_forBatches.Take(_random.Next(1, 12)).ToList());
        }

        Arrivals.Sort(static (a, b) => a.UnixNs.CompareTo(b.UnixNs));
    }

    /// <summary>What arrives when.</summary>
    public List<(long UnixNs, SpanFacts Span)> Arrivals { get; } = [];

    /// <summary>The hops there are: by processing and record, with the send's key; default where the send is never seen.</summary>
    public List<TrueHop> Hops { get; } = [];

    /// <summary>Spans that point at one which never comes.</summary>
    public HashSet<(SpanKey Span, SpanKey Missing)> Lost { get; } = [];

    /// <summary>Processings that read no context.</summary>
    public HashSet<SpanKey> WithoutContext { get; } = [];

    private readonly HashSet<SpanKey> _never = [];

    private void Produce(SpanFacts parent, long at, int depth)
    {
        var topic = Topics[_random.Next(Topics.Length)];
        var partition = _random.Next(3);
        var offset = _offsets[(topic, partition)] = _offsets.GetValueOrDefault((topic, partition)) + 1;
        var record = new Record(topic, partition, offset);
        var kind = _random.Next(4);
        var send = Span(
            kind switch
            {
                0 => _clients.JavaPublish("java-app", record, parent.Key, at),
                1 => _clients.PythonSend("python-app", topic, parent.Key, at),
                _ => _clients.ThroughlineSend("dotnet-app", record, parent.Key, at),
            },
            parent,
            mayBeLost: true);
        var groups = _random.Next(4);
        for (var i = 0; i < groups; i++)
        {
            Consume(record, send, hasPlace: kind != 1, $"g{i}", depth);
        }

        if (_random.Next(3) == 0)
        {
            _forBatches.Add((record, send));
        }
    }

    private void Consume(Record record, SpanFacts send, bool hasPlace, string group, int depth)
    {
        // Mostly soon; sometimes a slow group is hours behind.
        var at = send.EndUnixNs + Seconds(_random.Next(20) == 0 ? _random.Next(7200) : 0.01 + _random.NextDouble());
        var kind = _random.Next(8);
        var redeliveries = kind == 7 ? 0 : _random.Next(10) == 0 ? _random.Next(1, 3) : 0;
        for (var i = 0; i <= redeliveries; i++, at += Seconds(30))
        {
            var process = Process(kind, record, send, group, at, hasPlace);
            if (depth < DepthMax && _random.Next(3) == 0)
            {
                Produce(process, at + Clients.Ms, depth + 1);
            }
        }
    }

    private SpanFacts Process(int kind, Record record, SpanFacts send, string group, long at, bool hasPlace)
    {
        switch (kind)
        {
            case 0:
                return Hop(Refer(_clients.JavaProcess($"java-{group}", group, record, send, at), send), send, record, group);
            case 1:
                var (recv, python) = _clients.PythonProcess($"python-{group}", record, send, at);
                Span(recv);
                return Hop(Refer(python, send, recv), send, record, $"(python-{group})");
            case 2:
                // What its receive spans are, is known from its process spans: these come soon.
                Span(_clients.DotNetReceive($"otel-{group}", group, record, send, at));
                return Hop(Refer(_clients.DotNetProcess($"otel-{group}", group, record, send, at), send, isSoon: true), send, record, group);
            case 3:
                return Hop(Refer(_clients.DotNetReceive($"otel-poll-{group}", group, record, send, at), send), send, record, group);
            case 4:
                return Hop(Refer(_clients.NodeProcess($"node-{group}", record, send, at), send), send, record, $"(node-{group})");
            case 5:
                // Nothing reads the context, and no timestamp is told: only the place says whose record it was.
                var (around, blind) = _clients.PythonProcess($"blind-{group}", record, null, at);
                Span(around);
                WithoutContext.Add(blind.Key);
                Span(blind, around);
                return hasPlace ? Hop(blind, send, record, $"(blind-{group})") : blind;
            case 7:
                // The same with a timestamp, which tells the lag: once, with the send where that came in time.
                var stamped = Span(_clients.ThroughlineProcess($"stamped-{group}", group, record, null, at));
                WithoutContext.Add(stamped.Key);
                Hops.Add(new(stamped.Key, send.Key, record, group, MayLackSend: true));
                return stamped;
            default:
                return Hop(Refer(_clients.ThroughlineProcess($"net-{group}", group, record, send, at), send), send, record, group);
        }
    }

    private void Batch(List<(Record Record, SpanFacts Send)> records)
    {
        _forBatches.RemoveRange(0, records.Count);
        var batch = _clients.Batch("batcher", "batches", records, records.Max(one => one.Send.EndUnixNs) + Seconds(1));
        Span(batch);
        foreach (var (record, send) in records)
        {
            Hop(batch, send, record, "batches");
            NoteIfLost(batch, send);
        }
    }

    private SpanFacts Hop(SpanFacts process, SpanFacts send, Record record, string group)
    {
        if (!_never.Contains(send.Key))
        {
            Hops.Add(new(process.Key, send.Key, record, group));
        }

        return process;
    }

    // A processing that refers to a send; its parent is another span where it is not the send.
    private SpanFacts Refer(SpanFacts process, SpanFacts send, SpanFacts? parent = null, bool isSoon = false)
    {
        NoteIfLost(process, send);
        return Span(process, parent, isSoon: isSoon);
    }

    private void NoteIfLost(SpanFacts span, SpanFacts pointsAt)
    {
        if (_never.Contains(pointsAt.Key))
        {
            Lost.Add((span.Key, pointsAt.Key));
        }
    }

    private SpanFacts Span(SpanFacts span, SpanFacts? parent = null, bool mayBeLost = false, bool isSoon = false)
    {
        if (parent is not null)
        {
            NoteIfLost(span, parent);
        }

        if (mayBeLost && _random.Next(25) == 0)
        {
            _never.Add(span.Key);
            Lost.RemoveWhere(lost => lost.Span == span.Key);
            return span;
        }

        Arrive(span, isSoon);
        if (_random.Next(12) == 0)
        {
            Arrive(span, isSoon: false);
        }

        return span;
    }

    private void Arrive(SpanFacts span, bool isSoon)
    {
        var delay = isSoon ? 5 : _random.Next(20) switch
        {
            0 => _random.Next(10_000),
            1 or 2 => _random.Next(200),
            _ => _random.NextDouble() * 3,
        };
        Arrivals.Add((span.EndUnixNs + Seconds(delay), span));
    }

    private static long Seconds(double seconds) => (long)(seconds * 1_000_000_000);

    /// <param name="Process">The processing.</param>
    /// <param name="Send">The send.</param>
    /// <param name="Record">The record.</param>
    /// <param name="Group">The group.</param>
    /// <param name="MayLackSend">It may be told without its send.</param>
    internal sealed record TrueHop(SpanKey Process, SpanKey Send, Record Record, string Group, bool MayLackSend = false);
}
