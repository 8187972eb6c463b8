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

    private static readonly string[] TraceFields = [HeaderNames.TraceParent, HeaderNames.TraceState];
    private static readonly string[] BaggageFields = [HeaderNames.Baggage];

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
        return type == typeof(CompositeTextMapPropagator) ? Probe(propagator) : W3CParts.None;
    }

    private static W3CParts Probe(TextMapPropagator propagator)
    {
        try
        {
            W3CParts parts = ByFields(propagator);
            bool isW3C = parts != W3CParts.None
                && WritesExactly(parts, propagator, ActivityTraceFlags.Recorded)
                && WritesExactly(parts, propagator, ActivityTraceFlags.None)
                && AsksForNothingElse(propagator, Headers(parts, ActivityTraceFlags.Recorded))
                && AsksForNothingElse(propagator, [])
                && Reads(parts, propagator);
            return isW3C ? parts : W3CParts.None;
        }
        catch (Exception)
        {
            // One that throws on valid input is not the W3C's; when it is called, the fault is counted.
            return W3CParts.None;
        }
    }

    private static W3CParts ByFields(TextMapPropagator propagator)
    {
        ISet<string> fields = propagator.Fields ?? new HashSet<string>(StringComparer.Ordinal);
        W3CParts parts = fields.IsSupersetOf(TraceFields) ? W3CParts.TraceContext : W3CParts.None;
        parts |= fields.IsSupersetOf(BaggageFields) ? W3CParts.Baggage : W3CParts.None;
        return fields.SetEquals(Headers(parts, default).Keys) ? parts : W3CParts.None;
    }

    private static bool WritesExactly(W3CParts parts, TextMapPropagator propagator, ActivityTraceFlags flags)
    {
        List<KeyValuePair<string, string>> written = [];
        propagator.Inject(
            new PropagationContext(Context(flags), KnownBaggage()), written, static (list, name, value) => list.Add(new(name, value)));
        Dictionary<string, string> expected = Headers(parts, flags);
        return written.Count == expected.Count && written.All(expected.Contains);
    }

    private static bool AsksForNothingElse(TextMapPropagator propagator, Dictionary<string, string> headers)
    {
        HashSet<string> asked = new(StringComparer.Ordinal);
        propagator.Extract(default, (headers, asked), static (carrier, name) =>
        {
            carrier.asked.Add(name);
            return carrier.headers.TryGetValue(name, out string? value) ? [value] : [];
        });
        return asked.IsSubsetOf(Headers(W3CParts.All, default).Keys);
    }

    private static bool Reads(W3CParts parts, TextMapPropagator propagator)
    {
        PropagationContext read = propagator.Extract(
            default,
            Headers(W3CParts.All, ActivityTraceFlags.Recorded),
            static (headers, name) => headers.TryGetValue(name, out string? value) ? [value] : []);
        bool readsTrace = (parts & W3CParts.TraceContext) != W3CParts.None;
        bool readsBaggage = (parts & W3CParts.Baggage) != W3CParts.None;
        ActivityContext trace = read.ActivityContext;
        return trace == (readsTrace ? Context(ActivityTraceFlags.Recorded) : default)
            && read.Baggage == (readsBaggage ? KnownBaggage() : default);
    }

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
