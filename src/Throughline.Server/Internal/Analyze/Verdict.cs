namespace Throughline.Server.Internal.Analyze;

/// <summary>What a figure says of records.</summary>
internal enum Verdict
{
    /// <summary>Nobody told.</summary>
    Unknown = 0,

    /// <summary>So many were counted: nothing is said of a loss.</summary>
    Counted,

    /// <summary>There is no evidence that they are lost, only none that they arrived.</summary>
    NotSeen,

    /// <summary>There is positive evidence.</summary>
    Lost,
}
