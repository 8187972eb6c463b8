using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble;

/// <summary>A span that should have a parent or creation context and has none, with the cause and what speaks for it.</summary>
/// <param name="Span">The orphan.</param>
/// <param name="Cause">Why.</param>
/// <param name="Evidence">One sentence: what was seen that made this the cause.</param>
/// <param name="Missing">The span that it points at and that is not there; null where it points at none.</param>
internal sealed record Orphan(SpanFacts Span, OrphanCause Cause, string Evidence, SpanKey? Missing);
