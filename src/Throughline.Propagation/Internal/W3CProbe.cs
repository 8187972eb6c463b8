using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Internal;

/// <summary>
/// Finds out whether a propagator is the W3C's, so that our own codec may stand in for it. A composite hides its
/// members; it is believed only when what it writes, and what it asks for, is exactly what the W3C's would.
/// </summary>
internal static class W3CProbe
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string SpanId = "00f067aa0ba902b7";
    private const string TraceState = "probe=1,other=2";
    private const string BaggageHeader = "probe=value";

    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>Which of the W3C's propagators it consists of; none when it is anything else, or more.</summary>
    public static W3CParts Examine(TextMapPropagator propagator)
    {
        Type type = propagator.GetType();
        if (type == typeof(TraceContextPropagator))
        {
            return W3CParts.TraceContext;
        }

        if (type == typeof(BaggagePropagator))
        {
            return W3CParts.Baggage;
        }

        // A derived class may do anything; only the SDK's own composite is worth a probe.
        return type == typeof(CompositeTextMapPropagator) && IsW3C(propagator, out W3CParts parts) ? parts : W3CParts.None;
    }

    /// <summary>Whether it is a composite that writes nothing and asks for nothing: how one says <c>none</c>.</summary>
    public static bool IsSilent(TextMapPropagator propagator)
    {
        try
        {
            return propagator.GetType() == typeof(CompositeTextMapPropagator)
                && propagator.Fields is null or { Count: 0 }
                && Written(propagator, ActivityTraceFlags.Recorded).Count == 0
                && Asked(propagator, NoHeaders).Count == 0;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static bool IsW3C(TextMapPropagator propagator, out W3CParts parts)
    {
        parts = W3CParts.None;
        try
        {
            parts = ByFields(propagator);
            return parts != W3CParts.None
                && WritesExactly(parts, propagator, ActivityTraceFlags.Recorded)
                && WritesExactly(parts, propagator, ActivityTraceFlags.None)
                && AsksForNothingElse(parts, propagator, Headers(parts, ActivityTraceFlags.Recorded))
                && AsksForNothingElse(parts, propagator, NoHeaders)
                && ReadsExactly(parts, propagator);
        }
        catch (Exception)
        {
            // One that throws on valid input is not the W3C's; when it is called, the fault is counted.
            return false;
        }
    }

    private static W3CParts ByFields(TextMapPropagator propagator)
    {
        ISet<string> fields = propagator.Fields ?? new HashSet<string>(StringComparer.Ordinal);
        W3CParts parts = fields.Contains(HeaderNames.TraceParent) ? W3CParts.TraceContext : W3CParts.None;
        parts |= fields.Contains(HeaderNames.Baggage) ? W3CParts.Baggage : W3CParts.None;
        return fields.SetEquals(Headers(parts, ActivityTraceFlags.None).Keys) ? parts : W3CParts.None;
    }

    private static bool WritesExactly(W3CParts parts, TextMapPropagator propagator, ActivityTraceFlags flags)
    {
        List<KeyValuePair<string, string>> written = Written(propagator, flags);
        Dictionary<string, string> expected = Headers(parts, flags);
        return written.Count == expected.Count && written.All(expected.Contains);
    }

    private static bool AsksForNothingElse(W3CParts parts, TextMapPropagator propagator, Dictionary<string, string> headers) =>
        Asked(propagator, headers).IsSubsetOf(Headers(parts, ActivityTraceFlags.None).Keys);

    private static bool ReadsExactly(W3CParts parts, TextMapPropagator propagator)
    {
        PropagationContext read = propagator.Extract(default, Headers(W3CParts.All, ActivityTraceFlags.Recorded), Get);
        bool readsTrace = (parts & W3CParts.TraceContext) != W3CParts.None;
        bool readsBaggage = (parts & W3CParts.Baggage) != W3CParts.None;
        return read.ActivityContext == (readsTrace ? Context(ActivityTraceFlags.Recorded) : default)
            && read.Baggage == (readsBaggage ? KnownBaggage() : default);
    }

    private static List<KeyValuePair<string, string>> Written(TextMapPropagator propagator, ActivityTraceFlags flags)
    {
        List<KeyValuePair<string, string>> written = [];
        propagator.Inject(
            new PropagationContext(Context(flags), KnownBaggage()),
            written,
            static (list, name, value) => list.Add(new(name, value)));
        return written;
    }

    private static HashSet<string> Asked(TextMapPropagator propagator, Dictionary<string, string> headers)
    {
        HashSet<string> asked = new(StringComparer.Ordinal);
        propagator.Extract(default, headers, (carrier, name) =>
        {
            asked.Add(name);
            return Get(carrier, name);
        });
        return asked;
    }

    private static IEnumerable<string> Get(Dictionary<string, string> headers, string name) =>
        headers.TryGetValue(name, out string? value) ? [value] : [];

    private static Dictionary<string, string> Headers(W3CParts parts, ActivityTraceFlags flags)
    {
        Dictionary<string, string> headers = new(StringComparer.Ordinal);
        if ((parts & W3CParts.TraceContext) != W3CParts.None)
        {
            headers[HeaderNames.TraceParent] = $"00-{TraceId}-{SpanId}-0{(int)flags}";
            headers[HeaderNames.TraceState] = TraceState;
        }

        if ((parts & W3CParts.Baggage) != W3CParts.None)
        {
            headers[HeaderNames.Baggage] = BaggageHeader;
        }

        return headers;
    }

    private static ActivityContext Context(ActivityTraceFlags flags) => new(
        ActivityTraceId.CreateFromString(TraceId), ActivitySpanId.CreateFromString(SpanId), flags, TraceState, isRemote: true);

    private static Baggage KnownBaggage() => default(Baggage).SetBaggage("probe", "value");
}
