using System.Buffers;
using System.Diagnostics;
using OpenTelemetry;

namespace Throughline.Propagation.Internal;

/// <summary>Reads and writes the W3C's headers on the carrier itself, without the strings that a TextMapPropagator needs.</summary>
internal sealed class W3CCodec(Refusals refusals)
{
    private const int UsualTraceStateLength = 128;

    private readonly TraceStateReader _traceStateReader = new(refusals);
    private readonly TraceStateWriter _traceStateWriter = new(refusals);
    private readonly BaggageReader _baggageReader = new(refusals);
    private readonly BaggageWriter _baggageWriter = new(refusals);

    public ExtractedContext Extract<TCarrier>(W3CParts parts, TCarrier carrier)
        where TCarrier : IHeaderCarrier
    {
        // 1. Trace context.
        TraceParent trace = default;
        string? traceState = null;
        if ((parts & W3CParts.TraceContext) != W3CParts.None)
        {
            trace = ExtractTrace(carrier, out traceState);
        }

        // 2. Baggage, which needs no trace.
        Baggage baggage = default;
        if ((parts & W3CParts.Baggage) != W3CParts.None && carrier.TryGet(HeaderNames.Baggage, out HeaderValue value))
        {
            baggage = _baggageReader.Read(value);
        }

        return new ExtractedContext(trace, traceState, baggage);
    }

    public void Inject<TCarrier>(W3CParts parts, in ActivityContext context, in Baggage baggage, TCarrier carrier, bool isClean)
        where TCarrier : IHeaderCarrier
    {
        Span<byte> header = stackalloc byte[TraceParent.Length];
        bool hasTrace = TraceParent.TryWrite(context, header);

        // 1. Trace context replaces whatever trace the carrier had, B3's too.
        if (hasTrace && (parts & W3CParts.TraceContext) != W3CParts.None)
        {
            carrier.Set(HeaderNames.TraceParent, header);
            InjectTraceState(context.TraceState, carrier, isClean);
            if (!isClean)
            {
                RemoveB3(carrier);
            }
        }

        // 2. Baggage: beside a trace, what the carrier had is stale even when there is none to write.
        if ((parts & W3CParts.Baggage) != W3CParts.None)
        {
            InjectBaggage(baggage, carrier, isStale: hasTrace && !isClean);
        }
    }

    private TraceParent ExtractTrace<TCarrier>(TCarrier carrier, out string? traceState)
        where TCarrier : IHeaderCarrier
    {
        traceState = null;
        if (!carrier.TryGet(HeaderNames.TraceParent, out HeaderValue value))
        {
            if (carrier.TryGet(HeaderNames.TraceState, out _))
            {
                refusals.Count(RefusalCause.TraceStateOrphaned);
            }

            return default;
        }

        if (!(value.IsText ? TraceParent.TryParse(value.Text, out TraceParent trace) : TraceParent.TryParse(value.Utf8, out trace)))
        {
            refusals.Count(RefusalCause.TraceParentMalformed);
            return default;
        }

        if (carrier.TryGet(HeaderNames.TraceState, out HeaderValue state))
        {
            traceState = _traceStateReader.Read(state);
        }

        return trace;
    }

    private void InjectTraceState<TCarrier>(string? traceState, TCarrier carrier, bool isClean)
        where TCarrier : IHeaderCarrier
    {
        if (!string.IsNullOrEmpty(traceState))
        {
            // What is written is never longer than what there is; a large buffer costs its clearing.
            Span<byte> header = traceState.Length <= UsualTraceStateLength
                ? stackalloc byte[UsualTraceStateLength]
                : stackalloc byte[TraceStateWriter.LengthMax];
            int length = _traceStateWriter.Write(traceState, header);
            if (length > 0)
            {
                carrier.Set(HeaderNames.TraceState, header[..length]);
                return;
            }
        }

        if (!isClean)
        {
            carrier.Remove(HeaderNames.TraceState);
        }
    }

    private static void RemoveB3<TCarrier>(TCarrier carrier)
        where TCarrier : IHeaderCarrier
    {
        foreach (string name in HeaderNames.B3All)
        {
            carrier.Remove(name);
        }
    }

    private void InjectBaggage<TCarrier>(in Baggage baggage, TCarrier carrier, bool isStale)
        where TCarrier : IHeaderCarrier
    {
        if (baggage.Count > 0)
        {
            byte[] rented = ArrayPool<byte>.Shared.Rent(BaggageLimits.LengthMax);
            int length = _baggageWriter.Write(baggage, rented);
            if (length > 0)
            {
                carrier.Set(HeaderNames.Baggage, rented.AsSpan(0, length));
                isStale = false;
            }

            ArrayPool<byte>.Shared.Return(rented);
        }

        if (isStale)
        {
            carrier.Remove(HeaderNames.Baggage);
        }
    }
}
