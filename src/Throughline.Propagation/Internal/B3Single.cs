using System.Diagnostics;

namespace Throughline.Propagation.Internal;

/// <summary>
/// The single header: <c>{trace id}-{span id}[-{sampling state}[-{parent span id}]]</c>, or a sampling state alone.
/// </summary>
internal static class B3Single
{
    private const int PartsMax = 4;

    public static B3Outcome Parse(string? value, out TraceParent trace)
    {
        trace = default;
        if (value is null)
        {
            return B3Outcome.Absent;
        }

        ReadOnlySpan<char> text = value;
        if (TryParseState(text, out _))
        {
            return B3Outcome.DecisionOnly;
        }

        // One part more than there may be catches a value that goes on.
        Span<Range> parts = stackalloc Range[PartsMax + 1];
        int count = text.Split(parts, '-');
        ActivityTraceFlags flags = ActivityTraceFlags.None;
        if (count is < 2 or > PartsMax
            || !B3Ids.TryParseTraceId(text[parts[0]], out UInt128 traceId)
            || !B3Ids.TryParseSpanId(text[parts[1]], out ulong spanId)
            || (count > 2 && !TryParseState(text[parts[2]], out flags))
            || (count > 3 && !B3Ids.TryParseSpanId(text[parts[3]], out _)))
        {
            return B3Outcome.Malformed;
        }

        trace = new TraceParent(traceId, spanId, flags);
        return B3Outcome.Trace;
    }

    private static bool TryParseState(ReadOnlySpan<char> text, out ActivityTraceFlags flags)
    {
        flags = text is "1" or "d" ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        return text is "0" or "1" or "d";
    }
}
