using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Brokers;

/// <summary>A record that was acknowledged.</summary>
/// <param name="TimeUnixNs">When, by its producer's clock.</param>
/// <param name="IsDoubtful">Its partition's end was before it once.</param>
internal readonly record struct AcknowledgedSend(
    long Offset, long TimeUnixNs, SpanKey Span, string Service, bool IsDoubtful = false);
