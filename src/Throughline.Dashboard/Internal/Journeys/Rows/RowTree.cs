using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>
/// Puts a journey's spans under each other as records went: 1. a row a span; 2. a row for each record's time in its topic,
/// under the send, and under it the processing; 3. every other span under its parent; 4. what encloses a processing beside
/// it; 5. whatever goes round in a circle where it began first; 6. under a send, the groups that have not read its record.
/// </summary>
internal sealed class RowTree
{
    // Rows of groups that have not read: a bound of their own, since there may be one for each send and group.
    private const int UnreadMax = 20_000;

    private readonly Dictionary<SpanKey, JourneyRow> _rows = [];
    private readonly List<JourneyRow> _spans;
    private readonly Dictionary<SpanKey, JourneyRow> _arrivals = [];
    private readonly Dictionary<SpanKey, HashSet<string>> _read = [];

    private RowTree(Journey journey, JourneyRow root) => (_spans, Root) = (new(journey.Spans.Count), root);

    private JourneyRow Root { get; }

    /// <summary>All rows but those of alike siblings, below one that is not shown.</summary>
    /// <param name="journey">The journey.</param>
    /// <param name="unread">The groups that a send's record is there for, beyond those that have read it.</param>
    public static JourneyRow Of(Journey journey, Func<SpanFacts, IReadOnlySet<string>, IEnumerable<Reader>> unread)
    {
        var root = new JourneyRow { Kind = RowKind.Alike, Facts = journey.Spans[0].Facts, Level = 0 };
        var tree = new RowTree(journey, root);

        // 1.
        tree.AddSpans(journey.Spans);

        // 2.
        tree.AddHops(journey.Hops);

        // 3.
        tree.PlaceByParent();

        // 4.
        tree.PlaceSurrounding(journey.Hops);

        // 5.
        tree.CutCircles();

        // 6.
        tree.AddUnread(unread);
        return root;
    }

    private void AddSpans(IReadOnlyList<JourneySpan> spans)
    {
        foreach (var span in spans)
        {
            var row = new JourneyRow
            {
                Kind = RowKind.Span,
                Facts = span.Facts,
                Span = span,
                StartUnixNs = span.Facts.StartUnixNs,
                EndUnixNs = span.Facts.StartUnixNs + span.Facts.DurationNs,
                Flags = SpanFlags.Of(span),
            };
            _spans.Add(row);

            // With Zipkin a client's and a server's span may share their id: the later one is under the other.
            if (!_rows.TryAdd(span.Facts.Key, row))
            {
                Place(row, _rows[span.Facts.Key]);
            }
        }
    }

    private void AddHops(IReadOnlyList<Hop> hops)
    {
        foreach (var hop in hops)
        {
            var row = TopicRows.Of(hop);
            var processing = _rows.GetValueOrDefault(hop.Process.Key);
            if (hop.Send is { } send)
            {
                if (!_read.TryGetValue(send.Key, out var groups))
                {
                    _read.Add(send.Key, groups = new(StringComparer.Ordinal));
                }

                groups.Add(hop.Group);
            }

            var above = hop.Send is null ? processing is null ? null : ParentOf(processing) : _rows.GetValueOrDefault(hop.Send.Key);
            Place(row, above ?? Root);
            if (processing is null)
            {
                continue;
            }

            row.Flags |= processing.Flags & (RowFlags.Critical | RowFlags.Retry | RowFlags.Live);

            // Of a batch's records the last sent is the one that it could not have begun before: it is shown under that.
            if (_arrivals.TryGetValue(hop.Process.Key, out var other))
            {
                var last = (other.Hop!.Send?.EndUnixNs ?? 0) >= (hop.Send?.EndUnixNs ?? 0) ? other : row;
                (last == other ? row : other).Target = processing;
                _arrivals[hop.Process.Key] = last;
            }
            else
            {
                _arrivals.Add(hop.Process.Key, row);
            }
        }
    }

    private void PlaceByParent()
    {
        foreach (var row in _spans)
        {
            if (row.Above is not null)
            {
                continue;
            }

            if (_arrivals.TryGetValue(row.Facts.Key, out var arrival) && row == _rows[row.Facts.Key])
            {
                Place(row, arrival);
            }
            else if (ParentOf(row) is { } parent)
            {
                Place(row, parent);
            }
            else if (!row.Has(RowFlags.Surrounding))
            {
                Place(row, Root);
            }
        }
    }

    private void PlaceSurrounding(IReadOnlyList<Hop> hops)
    {
        foreach (var hop in hops)
        {
            if (_arrivals.GetValueOrDefault(hop.Process.Key) is { } arrival
                && _rows.GetValueOrDefault(hop.Process.Key) is { } processing
                && Outermost(processing) is { } around
                && around.Above is null)
            {
                Place(around, arrival);
            }
        }

        foreach (var row in _spans)
        {
            if (row.Above is null)
            {
                Place(row, Root);
            }
        }
    }

    private JourneyRow? Outermost(JourneyRow processing)
    {
        JourneyRow? outermost = null;
        for (var around = ParentOf(processing); around is not null && around.Has(RowFlags.Surrounding); around = ParentOf(around))
        {
            if (around == outermost)
            {
                break;
            }

            outermost = around;
        }

        return outermost;
    }

    private void CutCircles()
    {
        var reached = new HashSet<JourneyRow>(_spans.Count);
        Reach(Root, reached);
        foreach (var row in _spans)
        {
            if (!reached.Contains(row))
            {
                row.Above!.Children!.Remove(row);
                row.Above = null;
                Place(row, Root);
                Reach(row, reached);
            }
        }
    }

    private static void Reach(JourneyRow from, HashSet<JourneyRow> reached)
    {
        var ahead = new Stack<JourneyRow>([from]);
        while (ahead.TryPop(out var row))
        {
            if (!reached.Add(row))
            {
                continue;
            }

            foreach (var child in row.Children ?? [])
            {
                ahead.Push(child);
            }
        }
    }

    private void AddUnread(Func<SpanFacts, IReadOnlySet<string>, IEnumerable<Reader>> unread)
    {
        var none = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var row in _spans)
        {
            if (!row.Facts.IsSend() || row.Facts.Messaging?.Topic is null || row.Has(RowFlags.Error | RowFlags.Surrounding))
            {
                continue;
            }

            foreach (var reader in unread(row.Facts, _read.GetValueOrDefault(row.Facts.Key) ?? none))
            {
                if (++count > UnreadMax)
                {
                    return;
                }

                row.Add(TopicRows.Of(row.Facts, reader));
            }
        }
    }

    private JourneyRow? ParentOf(JourneyRow row) =>
        row.Facts.ParentSpanId == 0
            ? null
            : _rows.GetValueOrDefault(new(row.Facts.TraceId, row.Facts.ParentSpanId)) is { } parent && parent != row ? parent : null;

    private static void Place(JourneyRow row, JourneyRow under)
    {
        if (row.Above is null)
        {
            row.Above = under;
            under.Add(row);
        }
    }
}
