using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>What settling a trace has brought to light so far.</summary>
internal sealed class Found
{
    /// <summary>After a restart: what was told before is found again, and not told again.</summary>
    public bool IsSilent { get; init; }

    public List<Hop> Hops { get; } = [];

    public List<SpanFacts> Ambiguous { get; } = [];

    public List<Orphan> Orphans { get; } = [];

    public List<Orphan> CameLate { get; } = [];
}
