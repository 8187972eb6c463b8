using System.Diagnostics;

namespace Throughline.Propagation.Internal;

/// <summary>The separate headers. The parent's id is of no use here and not looked at.</summary>
internal static class B3Multi
{
    private const string Debug = "1";

    public static B3Outcome Parse(B3Names names, Func<string, string?> get, out TraceParent trace)
    {
        trace = default;
        string? traceIdText = get(names.TraceId);
        string? spanIdText = get(names.SpanId);
        if (traceIdText is null && spanIdText is null)
        {
            return B3Outcome.Absent;
        }

        if (!B3Ids.TryParseTraceId(traceIdText, out UInt128 traceId)
            || !B3Ids.TryParseSpanId(spanIdText, out ulong spanId)
            || !TryParseSampled(get(names.Sampled), out ActivityTraceFlags flags))
        {
            return B3Outcome.Malformed;
        }

        if (get(names.Flags) == Debug)
        {
            flags = ActivityTraceFlags.Recorded;
        }

        trace = new TraceParent(traceId, spanId, flags);
        return B3Outcome.Trace;
    }

    /// <summary>No header defers the decision; old tracers wrote words instead of digits.</summary>
    private static bool TryParseSampled(string? text, out ActivityTraceFlags flags)
    {
        bool isSampled = text == "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        flags = isSampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        return isSampled || text is null or "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }
}
