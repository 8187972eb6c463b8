using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Journeys;

/// <summary>A span of a journey, and what there is to say of it here.</summary>
/// <param name="Span">The span.</param>
/// <param name="Marks">What to show on it.</param>
/// <param name="Orphan">Why it misses a parent or a context, with the evidence; null where it misses nothing.</param>
internal sealed record JourneySpan(StoredSpan Span, JourneyMarks Marks, Orphan? Orphan)
{
    public SpanFacts Facts => Span.Facts;
}
