namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>What tells the two sides of a comparison apart.</summary>
internal enum ComparedBy
{
    /// <summary>Spans that took longer than a threshold, and the others.</summary>
    Slow = 0,

    /// <summary>A time, and another one.</summary>
    Range,

    /// <summary>Two values of a field or attribute: versions, say.</summary>
    Attribute,
}
