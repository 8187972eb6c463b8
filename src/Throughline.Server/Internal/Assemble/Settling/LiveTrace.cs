using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>A trace that is not settled: its spans so far, each once, and its places in two queues.</summary>
internal sealed class LiveTrace(TraceId id)
{
    // Up to here a list is faster than a set; most traces stay below.
    private const int ScannedMax = 24;

    private SpanFacts[] _spans = new SpanFacts[4];
    private HashSet<SpanIdentity>? _identities;

    public TraceId Id => id;

    public int Count { get; private set; }

    public ReadOnlySpan<SpanFacts> Spans => _spans.AsSpan(0, Count);

    /// <summary>Timestamps of the <see cref="TimeProvider"/>.</summary>
    public long FirstArrival { get; set; }

    public long LastArrival { get; set; }

    /// <summary>Its place in the order of last arrivals.</summary>
    public LinkedListNode<LiveTrace>? ByQuiet { get; set; }

    /// <summary>Its place in the order of first arrivals.</summary>
    public LinkedListNode<LiveTrace>? ByAge { get; set; }

    /// <returns>False for a span that is there already.</returns>
    public bool TryAdd(SpanFacts span)
    {
        if (Contains(span.Identity))
        {
            return false;
        }

        if (Count == _spans.Length)
        {
            Array.Resize(ref _spans, Count * 2);
        }

        _spans[Count++] = span;
        _identities?.Add(span.Identity);
        return true;
    }

    /// <summary>Of whatever kind.</summary>
    public bool Contains(ulong spanId)
    {
        for (var kind = SpanKind.Unspecified; kind <= SpanKind.Consumer; kind++)
        {
            if (Contains(new SpanIdentity(new(id, spanId), kind)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Contains(SpanIdentity identity)
    {
        if (_identities is null && Count > ScannedMax)
        {
            _identities = [];
            foreach (var span in Spans)
            {
                _identities.Add(span.Identity);
            }
        }

        if (_identities is not null)
        {
            return _identities.Contains(identity);
        }

        foreach (var span in Spans)
        {
            if (span.SpanId == identity.Key.SpanId && span.Kind == identity.Kind)
            {
                return true;
            }
        }

        return false;
    }
}
