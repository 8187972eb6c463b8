using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble;

/// <summary>
/// What assembly hands to analysis when a trace has been quiet for its time: each span once, each hop once. Spans that
/// arrive later make another of these, of the same trace, with only what is new.
/// </summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Spans">The new spans, in no order.</param>
/// <param name="Hops">Hops whose second end is among the new spans, or was found for them.</param>
/// <param name="Ambiguous">Processings for which record identity named several sends, or no plausible one.</param>
internal sealed record SettledTrace(
    TraceId TraceId, IReadOnlyList<SpanFacts> Spans, IReadOnlyList<Hop> Hops, IReadOnlyList<SpanFacts> Ambiguous);
