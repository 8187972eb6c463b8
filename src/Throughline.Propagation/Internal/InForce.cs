using System.Collections.Frozen;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Internal;

/// <summary>What one propagator that rules amounts to: decided once, never changed.</summary>
internal sealed class InForce
{
    private readonly FrozenSet<string> _contextHeaders;

    private InForce(TextMapPropagator source, TextMapPropagator ruling, W3CParts parts)
    {
        ISet<string>? fields = ruling.Fields;
        Source = source;
        Parts = parts;
        Ruling = ruling;
        InjectsNothing = fields is { Count: 0 } && ruling.GetType() == typeof(CompositeTextMapPropagator);
        WritesBaggage = fields?.Contains(HeaderNames.Baggage) == true;

        // One that does not tell its fields is taken for one of traces, which is what propagators are for.
        string[] own = [.. (fields ?? Enumerable.Empty<string>()).Where(name => name != HeaderNames.Baggage)];
        bool writesTrace = !InjectsNothing && (own.Length > 0 || fields is null);
        StaleTraceHeaders = writesTrace ? [.. own.Union(HeaderNames.TraceAll, StringComparer.Ordinal)] : [];
        string[] baggage = WritesBaggage ? [HeaderNames.Baggage] : [];
        _contextHeaders = StaleTraceHeaders.Concat(baggage).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Gets the propagator that this was decided for: another one at the next use means to decide anew.</summary>
    public TextMapPropagator Source { get; }

    /// <summary>Gets the propagator that rules.</summary>
    public TextMapPropagator Ruling { get; }

    /// <summary>Gets what our own codec does in its place; none when it is to be called itself.</summary>
    public W3CParts Parts { get; }

    /// <summary>Gets whether it writes baggage.</summary>
    public bool WritesBaggage { get; }

    /// <summary>Gets whether it is the composite of no propagators: <c>none</c>.</summary>
    public bool InjectsNothing { get; }

    /// <summary>Gets the headers that a new trace context makes stale; none when no trace context is written.</summary>
    public string[] StaleTraceHeaders { get; }

    /// <summary>What <paramref name="ruling"/> amounts to, decided when the SDK had <paramref name="source"/>.</summary>
    public static InForce Of(TextMapPropagator source, TextMapPropagator ruling) =>
        new(source, ruling, W3CProbe.Examine(ruling));

    /// <summary>Whether an inject would replace or drop a header of that name.</summary>
    public bool IsContextHeader(string name) => _contextHeaders.Contains(name);
}
