using System.Diagnostics;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Internal;

/// <summary>Lets any TextMapPropagator read and write a carrier, and keeps its faults from the caller.</summary>
internal sealed class ForeignCodec(Refusals refusals)
{
    public ExtractedContext Extract<TCarrier>(TextMapPropagator propagator, TCarrier carrier)
        where TCarrier : IHeaderCarrier
    {
        PropagationContext extracted;
        try
        {
            extracted = propagator.Extract(default, new CarrierReader<TCarrier>(carrier), static (reader, name) => reader.Get(name));
        }
        catch (Exception fault)
        {
            refusals.Count(RefusalCause.PropagatorExtractFailed, Describe(propagator, fault));
            return default;
        }

        TraceParent trace = TraceParent.From(extracted.ActivityContext);
        return trace.IsValid
            ? new ExtractedContext(trace, extracted.ActivityContext.TraceState, extracted.Baggage)
            : new ExtractedContext(default, null, extracted.Baggage);
    }

    public void Inject<TCarrier>(InForce inForce, in ActivityContext context, in Baggage baggage, TCarrier carrier, bool isClean)
        where TCarrier : IHeaderCarrier
    {
        // 1. The propagator writes beside the carrier, so that one that throws leaves no half of a context.
        List<KeyValuePair<string, string>> written = Collect(inForce.Ruling, context, baggage);

        // 2. What the new context makes stale goes, also when the propagator failed to say what the new one is.
        if (!isClean)
        {
            inForce.RemoveStale(TraceParent.From(context).IsValid, baggage.Count > 0, carrier);
        }

        // 3. What it wrote takes its place.
        foreach ((string name, string value) in written)
        {
            carrier.Set(name, Encoding.UTF8.GetBytes(value));
        }
    }

    private List<KeyValuePair<string, string>> Collect(TextMapPropagator propagator, in ActivityContext context, in Baggage baggage)
    {
        List<KeyValuePair<string, string>> written = [];
        try
        {
            propagator.Inject(
                new PropagationContext(context, baggage), written, static (list, name, value) => list.Add(new(name, value)));
            written.RemoveAll(static header => string.IsNullOrEmpty(header.Key) || header.Value is null);
        }
        catch (Exception fault)
        {
            refusals.Count(RefusalCause.PropagatorInjectFailed, Describe(propagator, fault));
            written.Clear();
        }

        return written;
    }

    private static string Describe(TextMapPropagator propagator, Exception fault) => $"{propagator.GetType()} threw {fault.GetType()}";
}
