using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>
/// The latest settled sends, by the contexts that their records may carry and by place. Bounded; what was settled in the
/// current tick is never dropped, since the store does not have it yet.
/// </summary>
internal sealed class SettledSends(int sendsMax)
{
    private readonly Dictionary<SpanKey, KnownSend> _byContext = [];
    private readonly Dictionary<RecordPlace, KnownSend> _byPlace = [];
    private readonly Queue<KnownSend> _order = new();

    public int Count => _order.Count;

    /// <summary>Every send that starts after this is here, if it was ever settled since the start. Unix nanoseconds.</summary>
    public required long IncompleteUntilUnixNs { get; set; }

    public void Add(KnownSend send, long tick)
    {
        _order.Enqueue(send);
        foreach (var context in Contexts(send.Span))
        {
            // A send that a creation context is linked from says more than the span that made the context.
            if (!_byContext.TryGetValue(context, out var other) || other.Span.Role() == SpanRole.Create)
            {
                _byContext[context] = send;
            }
        }

        if (send.Span.Role() == SpanRole.Send && RecordPlace.Of(send.Span) is { } place)
        {
            send.NextAtPlace = _byPlace.GetValueOrDefault(place);
            _byPlace[place] = send;
        }

        while (_order.Count > sendsMax && _order.Peek().Tick < tick)
        {
            Forget(_order.Dequeue());
        }
    }

    public KnownSend? Find(SpanKey context) => _byContext.GetValueOrDefault(context);

    public KnownSend? FirstAt(RecordPlace place) => _byPlace.GetValueOrDefault(place);

    /// <summary>
    /// The contexts that a send's record may carry: its own; where it is a CLIENT it has not injected its own, and links
    /// to the one that it has.
    /// </summary>
    public static IEnumerable<SpanKey> Contexts(SpanFacts send)
    {
        yield return send.Key;
        if (send.Kind == SpanKind.Client)
        {
            for (var i = 0; i < send.Links.Count && i < References.LinksMax; i++)
            {
                yield return send.Links[i].Key;
            }
        }
    }

    private void Forget(KnownSend send)
    {
        IncompleteUntilUnixNs = Math.Max(IncompleteUntilUnixNs, send.Span.StartUnixNs);
        foreach (var context in Contexts(send.Span))
        {
            if (_byContext.TryGetValue(context, out var known) && known == send)
            {
                _byContext.Remove(context);
            }
        }

        if (send.Span.Role() == SpanRole.Send && RecordPlace.Of(send.Span) is { } place)
        {
            ForgetAt(place, send);
        }
    }

    private void ForgetAt(RecordPlace place, KnownSend send)
    {
        // The oldest of a chain is its last.
        if (_byPlace.GetValueOrDefault(place) is not { } first)
        {
            return;
        }

        if (first == send)
        {
            _byPlace.Remove(place);
            return;
        }

        while (first.NextAtPlace is { } next)
        {
            if (next == send)
            {
                first.NextAtPlace = null;
                return;
            }

            first = next;
        }
    }
}
