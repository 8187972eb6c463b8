using Throughline.Server.Internal.Assemble;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>One record's way from a producer to one group. A time without evidence is left out; all are nanoseconds.</summary>
internal sealed record HopView(
    SpanKeyView? Send,
    SpanKeyView Process,
    HopEvidence Evidence,
    string Topic,
    int? Partition,
    long? Offset,
    string Group,
    int Delivery,
    string Path,
    HopTiming Timing)
{
    public static HopView Of(Hop hop) => new(
        hop.Send is null ? null : SpanKeyView.Of(hop.Send.Key),
        SpanKeyView.Of(hop.Process.Key),
        hop.Evidence,
        hop.Topic,
        hop.Partition < 0 ? null : hop.Partition,
        hop.Offset < 0 ? null : hop.Offset,
        hop.Group,
        hop.Delivery,
        hop.Path,
        hop.Timing);
}
