using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Journeys;

/// <summary>A piece of the critical path. Pieces follow each other; where clocks differ, they may leave gaps.</summary>
/// <param name="Kind">What went on.</param>
/// <param name="Span">Whose time it is; of the waits, the processing that waited.</param>
/// <param name="Topic">Where a record waited; null of a span's own time.</param>
/// <param name="FromUnixNs">Its begin.</param>
/// <param name="ToUnixNs">Its end.</param>
internal sealed record PathSegment(SegmentKind Kind, SpanKey Span, string? Topic, long FromUnixNs, long ToUnixNs)
{
    public long DurationNs => ToUnixNs - FromUnixNs;
}
