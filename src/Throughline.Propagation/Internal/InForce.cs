using System.Collections.Frozen;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Internal;

/// <summary>What one propagator that rules amounts to: decided once, never changed.</summary>
internal sealed class InForce
{
    private readonly bool _writesBaggage;
    private readonly string[] _staleTraceHeaders;
    private readonly FrozenSet<string> _contextHeaders;

    private InForce(TextMapPropagator source, TextMapPropagator ruling)
    {
        Source = source;
        Ruling = ruling;
        Parts = W3CProbe.Examine(ruling);
        InjectsNothing = W3CProbe.IsSilent(ruling);

        // One that does not tell its fields is taken for one of traces, which is what propagators are for.
        string[] fields = FieldsOf(ruling);
        bool writesTrace = !InjectsNothing && (fields.Length == 0 || fields.Any(name => name != HeaderNames.Baggage));
        _writesBaggage = fields.Contains(HeaderNames.Baggage, StringComparer.Ordinal);
        string[] baggage = _writesBaggage ? [HeaderNames.Baggage] : [];
        _staleTraceHeaders = writesTrace
            ? [.. fields.Union(HeaderNames.TraceAll, StringComparer.Ordinal).Except(baggage, StringComparer.Ordinal)]
            : [];
        _contextHeaders = _staleTraceHeaders.Concat(baggage).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Gets the propagator that this was decided for: another one at the next use means to decide anew.</summary>
    public TextMapPropagator Source { get; }

    /// <summary>Gets the propagator that rules.</summary>
    public TextMapPropagator Ruling { get; }

    /// <summary>Gets what our own codec does in its place; none when it is to be called itself.</summary>
    public W3CParts Parts { get; }

    /// <summary>Gets whether it is the composite of no propagators: <c>none</c>.</summary>
    public bool InjectsNothing { get; }

    /// <summary>What <paramref name="ruling"/> amounts to, decided when the source was <paramref name="source"/>.</summary>
    public static InForce Of(TextMapPropagator source, TextMapPropagator ruling) => new(source, ruling);

    /// <summary>Whether an inject would replace or drop a header of that name.</summary>
    public bool IsContextHeader(string name) => _contextHeaders.Contains(name);

    /// <summary>Removes what a new context makes stale: baggage belongs to the trace that it came with.</summary>
    public void RemoveStale<TCarrier>(bool hasTrace, bool hasBaggage, TCarrier carrier)
        where TCarrier : IHeaderCarrier
    {
        foreach (string name in hasTrace ? _staleTraceHeaders : [])
        {
            carrier.Remove(name);
        }

        if (_writesBaggage && (hasTrace || hasBaggage))
        {
            carrier.Remove(HeaderNames.Baggage);
        }
    }

    private static string[] FieldsOf(TextMapPropagator propagator)
    {
        try
        {
            return [.. (propagator.Fields ?? Enumerable.Empty<string>()).Where(name => !string.IsNullOrEmpty(name))];
        }
        catch (Exception)
        {
            // It does not tell, then; what it does when it is called is counted there.
            return [];
        }
    }
}
