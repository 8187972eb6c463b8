namespace Throughline.Dashboard.Internal.Topics;

/// <summary>What can be said of when a group will have read everything.</summary>
internal enum CatchUpKind
{
    /// <summary>Too few points, or no lag in records is known.</summary>
    Unknown = 0,

    /// <summary>It has.</summary>
    Done,

    /// <summary>In some time.</summary>
    In,

    /// <summary>It does not come closer.</summary>
    Never,
}
