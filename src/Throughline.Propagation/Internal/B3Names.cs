namespace Throughline.Propagation.Internal;

/// <summary>The names of B3's separate headers, in one spelling.</summary>
internal sealed record B3Names(string TraceId, string SpanId, string ParentSpanId, string Sampled, string Flags)
{
    public string[] All => [TraceId, SpanId, ParentSpanId, Sampled, Flags];
}
