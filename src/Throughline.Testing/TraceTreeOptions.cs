using Throughline.Testing.Internal;

namespace Throughline.Testing;

/// <summary>How much of a trace <see cref="TraceTree"/> draws.</summary>
public sealed record TraceTreeOptions
{
    /// <summary>Spans drawn at most, over all traces; the others are counted. 1 to 100,000.</summary>
    public int SpansMax { get; init; } = 200;

    /// <summary>Tags shown of each span at most; the others are counted. 0 to 1,000.</summary>
    public int TagsMax { get; init; } = 8;

    /// <summary>Links shown of each span at most; the others are counted. 0 to 1,000.</summary>
    public int LinksMax { get; init; } = 4;

    /// <summary>Characters of a name or value shown at most. 8 to 10,000.</summary>
    public int TextMax { get; init; } = 60;

    /// <summary>The tags to show, in this order; null, the default, for all in the span's own order.</summary>
    public IReadOnlyList<string>? TagNames { get; init; }

    internal void Validate()
    {
        Require.InRange(SpansMax, 1, 100_000, nameof(SpansMax));
        Require.InRange(TagsMax, 0, 1000, nameof(TagsMax));
        Require.InRange(LinksMax, 0, 1000, nameof(LinksMax));
        Require.InRange(TextMax, 8, 10_000, nameof(TextMax));
    }
}
