namespace Throughline.Server.Internal.Analyze;

/// <summary>How a figure relates to the truth.</summary>
internal enum Certainty
{
    /// <summary>There is no figure.</summary>
    Unknown = 0,
    Exact,

    /// <summary>It is this, or less.</summary>
    UpperBound,

    /// <summary>It is this, or more.</summary>
    LowerBound,

    /// <summary>It is about this.</summary>
    Estimate,
}
