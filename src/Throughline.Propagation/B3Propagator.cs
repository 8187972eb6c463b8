using System.Diagnostics;
using OpenTelemetry.Context.Propagation;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation;

/// <summary>
/// B3, Zipkin's headers, as a propagator: writes one of its two forms, reads both, the single header first.
/// Debug (<c>d</c>) is read as sampled; ids of 64 bits are read with zeros before them.
/// </summary>
/// <seealso href="https://github.com/openzipkin/b3-propagation"/>
public sealed class B3Propagator : TextMapPropagator
{
    private const string Sampled = "1";
    private const string NotSampled = "0";

    private readonly bool _singleHeader;
    private readonly B3Reader _reader;

    /// <summary>A propagator that writes the <c>b3</c> header, or else the separate <c>X-B3-*</c> ones.</summary>
    /// <param name="singleHeader">True for the single header.</param>
    public B3Propagator(bool singleHeader = false)
        : this(singleHeader, Refusals.Shared)
    {
    }

    internal B3Propagator(bool singleHeader, Refusals refusals)
    {
        _singleHeader = singleHeader;
        _reader = new B3Reader(refusals);
        Fields = new HashSet<string>(
            singleHeader ? [HeaderNames.B3] : [HeaderNames.B3Multi.TraceId, HeaderNames.B3Multi.SpanId, HeaderNames.B3Multi.Sampled],
            StringComparer.Ordinal);
    }

    /// <summary>Gets the headers that are written; not to be changed.</summary>
    public override ISet<string> Fields { get; }

    /// <summary>Writes the trace context; nothing when it is not valid.</summary>
    public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
    {
        ArgumentNullException.ThrowIfNull(setter);
        TraceParent trace = TraceParent.From(context.ActivityContext);
        if (!trace.IsValid)
        {
            return;
        }

        string traceId = context.ActivityContext.TraceId.ToHexString();
        string spanId = context.ActivityContext.SpanId.ToHexString();
        string sampled = (trace.Flags & ActivityTraceFlags.Recorded) != ActivityTraceFlags.None ? Sampled : NotSampled;
        if (_singleHeader)
        {
            setter(carrier, HeaderNames.B3, $"{traceId}-{spanId}-{sampled}");
            return;
        }

        setter(carrier, HeaderNames.B3Multi.TraceId, traceId);
        setter(carrier, HeaderNames.B3Multi.SpanId, spanId);
        setter(carrier, HeaderNames.B3Multi.Sampled, sampled);
    }

    /// <summary>Reads the trace context, unless another propagator already found one.</summary>
    public override PropagationContext Extract<T>(
        PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter)
    {
        ArgumentNullException.ThrowIfNull(getter);
        if (TraceParent.From(context.ActivityContext).IsValid)
        {
            return context;
        }

        TraceParent trace = _reader.Read(name => getter(carrier, name)?.LastOrDefault());
        return trace.IsValid
            ? new PropagationContext(trace.ToActivityContext(traceState: null, isRemote: true), context.Baggage)
            : context;
    }
}
