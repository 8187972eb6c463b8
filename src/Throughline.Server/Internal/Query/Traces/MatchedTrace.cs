using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Query.Traces;

/// <summary>A trace that a search found.</summary>
/// <param name="Trace">All of it.</param>
/// <param name="Matched">The spans for which it was found, as far as they were looked at.</param>
internal sealed record MatchedTrace(FoundTrace Trace, IReadOnlyList<SpanFacts> Matched);
