using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Journeys;

/// <summary>
/// What the end of a journey waited for: gone backwards from the span that ends last. Within a process a span waits for the
/// child that ended last before; before its start came its parent, or, through the topic, its record's send.
/// </summary>
internal sealed class CriticalPath(IReadOnlyCollection<SpanFacts> spans, IReadOnlyList<Hop> hops, JourneySources sources, int segmentsMax)
{
    private readonly Dictionary<SpanKey, Hop> _arrivals = Arrivals(hops);
    private readonly HashSet<SpanKey> _keys = [.. spans.Select(static span => span.Key)];
    private readonly HashSet<SpanKey> _entered = [];
    private readonly Dictionary<SpanKey, Stack<SpanFacts>> _children = [];
    private readonly List<PathSegment> _backwards = [];

    /// <summary>The pieces, first to last.</summary>
    public IReadOnlyList<PathSegment> Find()
    {
        SpanFacts? span = spans.MaxBy(static span => span.EndUnixNs);
        var at = span?.EndUnixNs ?? 0;
        while (span is not null && _backwards.Count < segmentsMax)
        {
            var step = Back(span, at);
            span = step.Span;
            at = step.At;
        }

        _backwards.Reverse();
        return _backwards;
    }

    // One step: into the child that was waited for, or out through the span's start.
    private (SpanFacts? Span, long At) Back(SpanFacts span, long at)
    {
        _entered.Add(span.Key);
        var child = ChildWaitedFor(span, at);
        if (child is not null)
        {
            Put(SegmentKind.Span, span, null, child.EndUnixNs, at);
            return (child, child.EndUnixNs);
        }

        var hop = _arrivals.GetValueOrDefault(span.Key);
        Put(span.IsSend() ? SegmentKind.Produce : SegmentKind.Span, span, span.IsSend() ? span.Messaging!.Topic : null, span.StartUnixNs, at);
        if (hop?.Send is { } send && !_entered.Contains(send.Key))
        {
            return (send, Wait(hop, send));
        }

        return hop is null && ParentOf(span) is { } parent ? (parent, Math.Min(at, span.StartUnixNs)) : (null, 0);
    }

    private SpanFacts? ChildWaitedFor(SpanFacts span, long at)
    {
        if (!_children.TryGetValue(span.Key, out var children))
        {
            _children.Add(span.Key, children = ChildrenByEnd(span));
        }

        while (children.TryPeek(out var child) && (child.EndUnixNs > at || _entered.Contains(child.Key)))
        {
            children.Pop();
        }

        return children.TryPeek(out var last) && last.EndUnixNs > span.StartUnixNs ? last : null;
    }

    // Whoever ended last on top. The path only goes back: what was too late for a span once is so for ever, and a parent of
    // many is not searched anew for each of them.
    private Stack<SpanFacts> ChildrenByEnd(SpanFacts span) => new(
        (sources.Loaded(span.TraceId)?.ChildrenOf(span) ?? [])
            .Select(static child => child.Facts)
            // Through a topic nobody waits for the other end.
            .Where(child => _keys.Contains(child.Key) && !_arrivals.ContainsKey(child.Key))
            .Reverse()
            .OrderBy(static child => child.EndUnixNs));

    // The record's way, backwards; returns up to when its send was waited for.
    private long Wait(Hop hop, SpanFacts send)
    {
        var process = hop.Process;
        var from = Math.Min(send.EndUnixNs, process.StartUnixNs);
        var received = process.Messaging!.ReceivedUnixNs;
        if (received >= from && received <= process.StartUnixNs)
        {
            Put(SegmentKind.InClient, process, hop.Topic, received, process.StartUnixNs);
            Put(SegmentKind.InTopic, process, hop.Topic, from, received);
        }
        else
        {
            Put(SegmentKind.InTopic, process, hop.Topic, from, process.StartUnixNs);
        }

        return from;
    }

    private void Put(SegmentKind kind, SpanFacts span, string? topic, long from, long to)
    {
        // A record that did not wait has come through its topic all the same.
        if (to > from || (to == from && kind == SegmentKind.InTopic))
        {
            _backwards.Add(new(kind, span.Key, topic, from, to));
        }
    }

    private SpanFacts? ParentOf(SpanFacts span) =>
        sources.Loaded(span.TraceId)?.ParentOf(span) is { } parent && _keys.Contains(parent.Facts.Key) ? parent.Facts : null;

    private static Dictionary<SpanKey, Hop> Arrivals(IReadOnlyList<Hop> hops)
    {
        // Of a batch's hops the last sent is the one that it could not have begun before.
        var arrivals = new Dictionary<SpanKey, Hop>();
        foreach (var hop in hops)
        {
            if (!arrivals.TryGetValue(hop.Process.Key, out var other)
                || (hop.Send?.EndUnixNs ?? 0) > (other.Send?.EndUnixNs ?? 0))
            {
                arrivals[hop.Process.Key] = hop;
            }
        }

        return arrivals;
    }
}
