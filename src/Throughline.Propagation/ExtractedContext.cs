using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation;

/// <summary>What a message carried: a trace context, baggage, both or neither.</summary>
public readonly struct ExtractedContext
{
    internal ExtractedContext(in TraceParent trace, string? traceState, Baggage baggage)
    {
        Trace = trace;
        TraceState = traceState;
        Baggage = baggage;
    }

    /// <summary>Gets whether there was a valid trace context.</summary>
    public bool HasTrace => Trace.IsValid;

    /// <summary>Gets the trace context; not valid unless <see cref="HasTrace"/>.</summary>
    public TraceParent Trace { get; }

    /// <summary>Gets the tracestate that came with it; null when there was none, or it was refused.</summary>
    public string? TraceState { get; }

    /// <summary>Gets the baggage; empty when there was none.</summary>
    public Baggage Baggage { get; }

    /// <summary>The context as a remote parent; default unless <see cref="HasTrace"/>.</summary>
    public ActivityContext ToActivityContext() => HasTrace ? Trace.ToActivityContext(TraceState, isRemote: true) : default;

    /// <summary>Trace context and baggage, as OpenTelemetry's propagators hand them on.</summary>
    public PropagationContext ToPropagationContext() => new(ToActivityContext(), Baggage);
}
