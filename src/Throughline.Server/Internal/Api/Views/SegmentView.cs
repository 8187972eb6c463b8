using System.Globalization;
using Throughline.Server.Internal.Journeys;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A piece of the critical path.</summary>
internal sealed record SegmentView(SegmentKind Kind, SpanKeyView Span, string? Topic, string StartUnixNano, long DurationNano)
{
    public static SegmentView Of(PathSegment segment) => new(
        segment.Kind,
        SpanKeyView.Of(segment.Span),
        segment.Topic,
        segment.FromUnixNs.ToString(CultureInfo.InvariantCulture),
        segment.DurationNs);
}
