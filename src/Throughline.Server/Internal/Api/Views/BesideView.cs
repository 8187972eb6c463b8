using Throughline.Server.Internal.Journeys;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A record that came in the same batch, with a journey of its own.</summary>
internal sealed record BesideView(SpanKeyView Batch, SpanKeyView Context, int? Partition, long? Offset)
{
    public static BesideView Of(BesideRecord beside) => new(
        SpanKeyView.Of(beside.Batch),
        SpanKeyView.Of(beside.Link.Key),
        beside.Link.Partition < 0 ? null : beside.Link.Partition,
        beside.Link.Offset < 0 ? null : beside.Link.Offset);
}
