using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>A settled send, with the path that led to it.</summary>
internal sealed class KnownSend(SpanFacts span, JourneyPath path)
{
    public SpanFacts Span => span;

    public JourneyPath Path => path;

    /// <summary>The tick that it settled in: until the next the store does not have it.</summary>
    public long Tick { get; init; }

    /// <summary>The next known send at the same place (of another cluster, or of a topic's earlier life).</summary>
    public KnownSend? NextAtPlace { get; set; }
}
