namespace Throughline.Propagation.Internal;

/// <summary>Reads B3 in both forms. Each form counts whole: one that is malformed lends nothing to the other.</summary>
internal sealed class B3Reader(Refusals refusals)
{
    /// <summary>The trace context; not valid when there is none.</summary>
    /// <param name="get">The value of a header; null when there is none.</param>
    public TraceParent Read(Func<string, string?> get)
    {
        // 1. The single header rules where it is there and valid, also when all it says is "do not sample".
        B3Outcome outcome = B3Single.Parse(get(HeaderNames.B3), out TraceParent trace);
        if (outcome is B3Outcome.Trace or B3Outcome.DecisionOnly)
        {
            return trace;
        }

        CountIfMalformed(outcome);

        // 2. The separate ones, all in the one spelling that names the ids.
        B3Names names = IsThere(HeaderNames.B3Multi, get) ? HeaderNames.B3Multi : HeaderNames.B3MultiLower;
        CountIfMalformed(B3Multi.Parse(names, get, out trace));
        return trace;
    }

    private static bool IsThere(B3Names names, Func<string, string?> get) =>
        get(names.TraceId) is not null || get(names.SpanId) is not null;

    private void CountIfMalformed(B3Outcome outcome)
    {
        if (outcome == B3Outcome.Malformed)
        {
            refusals.Count(RefusalCause.B3Malformed);
        }
    }
}
