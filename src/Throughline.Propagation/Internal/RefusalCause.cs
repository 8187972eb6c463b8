namespace Throughline.Propagation.Internal;

/// <summary>Why something was not read or not written. <see cref="RefusalCauses"/> is the table of their meanings.</summary>
internal enum RefusalCause
{
    /// <summary>A traceparent that is not valid.</summary>
    TraceParentMalformed,

    /// <summary>A tracestate without a traceparent beside it.</summary>
    TraceStateOrphaned,

    /// <summary>A tracestate outside the grammar.</summary>
    TraceStateMalformed,

    /// <summary>A tracestate of too many members.</summary>
    TraceStateTooMany,

    /// <summary>A local tracestate that is not fit to send.</summary>
    TraceStateUnsendable,

    /// <summary>A local tracestate over the length that is sent.</summary>
    TraceStateTruncated,

    /// <summary>A baggage member outside the grammar.</summary>
    BaggageMalformed,

    /// <summary>Received baggage over the limits.</summary>
    BaggageOversize,

    /// <summary>A local baggage key that is no token.</summary>
    BaggageUnsendable,

    /// <summary>Local baggage over the limits.</summary>
    BaggageTruncated,

    /// <summary>B3 headers that are not valid.</summary>
    B3Malformed,

    /// <summary>A name in OTEL_PROPAGATORS that is not known.</summary>
    PropagatorUnknown,

    /// <summary>A user's propagator threw while extracting.</summary>
    PropagatorExtractFailed,

    /// <summary>A user's propagator threw while injecting.</summary>
    PropagatorInjectFailed,

    /// <summary>The carrier threw.</summary>
    CarrierFailed,
}
