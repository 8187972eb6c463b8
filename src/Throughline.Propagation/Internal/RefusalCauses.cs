namespace Throughline.Propagation.Internal;

/// <summary>The table of causes: the name on the metric, and what was done. The README's table is checked against it.</summary>
internal static class RefusalCauses
{
    private static readonly RefusalMeaning[] Meanings =
    [
        new(RefusalCause.TraceParentMalformed, "traceparent_malformed", "traceparent is not valid: no trace context, its tracestate is dropped too"),
        new(RefusalCause.TraceStateOrphaned, "tracestate_orphaned", "tracestate without a traceparent: dropped"),
        new(RefusalCause.TraceStateMalformed, "tracestate_malformed", "tracestate outside the grammar: dropped, traceparent kept"),
        new(RefusalCause.TraceStateTooMany, "tracestate_too_many", "tracestate of more than 32 members: dropped, traceparent kept"),
        new(RefusalCause.TraceStateUnsendable, "tracestate_unsendable", "the span's own tracestate is outside the grammar: not sent, traceparent sent"),
        new(RefusalCause.TraceStateTruncated, "tracestate_truncated", "the span's own tracestate is over 512 characters: whole members left out"),
        new(RefusalCause.BaggageMalformed, "baggage_malformed", "baggage members outside the grammar: dropped, the others kept"),
        new(RefusalCause.BaggageOversize, "baggage_oversize", "baggage over 8192 bytes or 180 members: whole members dropped, the others kept"),
        new(RefusalCause.BaggageUnsendable, "baggage_unsendable", "baggage keys that are no token: their members not sent"),
        new(RefusalCause.BaggageTruncated, "baggage_truncated", "baggage over 8192 bytes or 180 members: whole members not sent"),
        new(RefusalCause.B3Malformed, "b3_malformed", "B3 headers are not valid: no trace context from them"),
        new(RefusalCause.PropagatorUnknown, "propagator_unknown", "a name in OTEL_PROPAGATORS is not known: skipped"),
        new(RefusalCause.PropagatorExtractFailed, "propagator_extract_failed", "the configured propagator threw on extract: nothing extracted"),
        new(RefusalCause.PropagatorInjectFailed, "propagator_inject_failed", "the configured propagator threw on inject: no context written"),
        new(RefusalCause.CarrierFailed, "carrier_failed", "the carrier threw: nothing extracted, or no context written"),
    ];

    public static int Count => Meanings.Length;

    public static ReadOnlySpan<RefusalMeaning> All => Meanings;

    public static RefusalMeaning Of(RefusalCause cause) => Meanings[(int)cause];
}
