namespace Throughline.Propagation.Internal;

/// <summary>What one form of B3 had to say.</summary>
internal enum B3Outcome
{
    /// <summary>The form is not there.</summary>
    Absent,

    /// <summary>A sampling decision without ids: for whoever starts the trace, and no context.</summary>
    DecisionOnly,

    /// <summary>A trace context.</summary>
    Trace,

    /// <summary>It is not valid.</summary>
    Malformed,
}
