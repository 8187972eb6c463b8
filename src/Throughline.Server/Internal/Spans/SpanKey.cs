using System.Globalization;

namespace Throughline.Server.Internal.Spans;

/// <summary>Names one span among all: what links and parents point at.</summary>
internal readonly record struct SpanKey(TraceId TraceId, ulong SpanId)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TraceId}/{SpanId:x16}");
}
