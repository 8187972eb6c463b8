using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Journeys;

namespace Throughline.Dashboard.Internal.Journeys.Told;

/// <summary>What a journey's end waited for, added up.</summary>
/// <param name="DurationNs">From the first piece to the end.</param>
/// <param name="Shares">Nanoseconds by part, in the order of <see cref="PathPart"/>; those without any are left out.</param>
/// <param name="Pieces">The largest first.</param>
internal sealed record PathSummary(
    long DurationNs, IReadOnlyList<(PathPart Part, long DurationNs)> Shares, IReadOnlyList<PathPiece> Pieces)
{
    private const int ToldMax = 3;

    private static readonly int SegmentsMax = new JourneyOptions().SegmentsMax;

    // What takes less of the whole is not worth a place in the sentence.
    private const double ToldShareMin = 0.05;

    /// <summary><c>4.1 s end to end: 3.2 s in billing's handler 'card check', 0.6 s waiting in orders[3].</c></summary>
    public string Sentence
    {
        get
        {
            var told = Pieces.Take(ToldMax)
                .Where((piece, i) => i == 0 || piece.DurationNs >= DurationNs * ToldShareMin)
                .Select(static piece => $"{Words.Duration(piece.DurationNs)} {piece.Words}")
                .ToList();
            return told.Count == 0
                ? $"{Words.Duration(DurationNs)} end to end."
                : $"{Words.Duration(DurationNs)} end to end: {string.Join(", ", told)}.";
        }
    }

    public static PathSummary Of(LaidOutJourney journey)
    {
        var path = journey.Journey.CriticalPath;
        if (path.Count == 0)
        {
            return new(journey.EndUnixNs - journey.StartUnixNs, [], []);
        }

        var handlers = HandlersOf(journey.Rows);
        var hops = journey.Journey.Hops
            .GroupBy(static hop => (hop.Process.Key, hop.Topic))
            .ToDictionary(static hop => hop.Key, static hop => hop.First());
        var pieces = new Dictionary<(PathPart, string), PathPiece>();
        var shares = new long[Enum.GetValues<PathPart>().Length];
        foreach (var segment in path)
        {
            var row = journey.Find(segment.Span);
            var part = PartOf(segment, row, handlers);
            var place = segment.Topic is null ? "" : hops.TryGetValue((segment.Span, segment.Topic), out var hop)
                ? RowWords.Place(segment.Topic, hop.Partition)
                : RowWords.Place(segment.Topic, row?.Facts.Messaging?.Partition ?? -1);
            var words = PieceWords(part, row, place);
            var known = pieces.GetValueOrDefault((part, words)) ?? new(part, words, segment.Span.SpanId, 0);
            pieces[(part, words)] = known with { DurationNs = known.DurationNs + segment.DurationNs };
            shares[(int)part] += segment.DurationNs;
        }

        // Of a path that is cut its beginning is missing, since it is found from its end.
        var from = path.Count >= SegmentsMax ? Math.Min(path[0].FromUnixNs, journey.StartUnixNs) : path[0].FromUnixNs;
        var whole = Math.Max(path[^1].ToUnixNs - from, 0);
        shares[(int)PathPart.Unknown] = Math.Max(0, whole - shares.Sum());
        return new(
            whole,
            [.. shares.Select(static (ns, part) => ((PathPart)part, ns)).Where(static share => share.ns > 0)],
            [.. pieces.Values.Where(static piece => piece.DurationNs > 0).OrderByDescending(static piece => piece.DurationNs)]);
    }

    private static PathPart PartOf(PathSegment segment, JourneyRow? row, bool[] handlers) => segment.Kind switch
    {
        SegmentKind.Produce => PathPart.Broker,
        SegmentKind.InTopic => PathPart.Queue,
        SegmentKind.InClient => PathPart.Client,
        _ => row is not null && handlers[row.Index] ? PathPart.Handler : PathPart.Sender,
    };

    private static string PieceWords(PathPart part, JourneyRow? row, string place) => part switch
    {
        PathPart.Broker => $"until {place} acknowledged",
        PathPart.Queue => $"waiting in {place}",
        PathPart.Client => $"in {row?.Service}'s client, fetched from {place}",
        PathPart.Handler => $"in {row?.Service}'s handler '{row?.Facts.Name}'",
        _ => $"in {row?.Service}'s '{row?.Facts.Name}'",
    };

    // Whether a row is in the processing of a record. Parents come before their children.
    private static bool[] HandlersOf(IReadOnlyList<JourneyRow> rows)
    {
        var handlers = new bool[rows.Count];
        foreach (var row in rows)
        {
            handlers[row.Index] = (row.Kind == RowKind.Span && row.Has(RowFlags.Process)) || (row.Parent >= 0 && handlers[row.Parent]);
        }

        return handlers;
    }
}
