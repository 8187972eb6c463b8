namespace Throughline.Propagation.Internal;

/// <summary>What came of parsing a tracestate.</summary>
internal enum TraceStateOutcome
{
    /// <summary>Its members may be propagated.</summary>
    Valid,

    /// <summary>It is outside the grammar.</summary>
    Malformed,

    /// <summary>It has more members than may be propagated.</summary>
    TooMany,
}
