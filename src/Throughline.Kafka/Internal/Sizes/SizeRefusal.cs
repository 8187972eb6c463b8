using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Sizes;

/// <summary>What a send's span says of a record that was refused for its size: how much of it was tracing's.</summary>
/// <param name="TraceHeaderBytes">Names and values of the trace headers.</param>
/// <param name="TriedWithout">The record was refused without them too.</param>
internal readonly record struct SizeRefusal(int TraceHeaderBytes, bool TriedWithout)
{
    /// <summary><see langword="null"/> for another error, and where the record's headers are not known.</summary>
    internal static SizeRefusal? Of(Error? error, Headers? headers, Tracing tracing, bool triedWithout)
    {
        if (error?.Code != ErrorCode.MsgSizeTooLarge || headers is null)
        {
            return null;
        }

        var bytes = 0;
        for (var i = 0; i < headers.Count; i++)
        {
            if (tracing.Propagator.IsContextHeader(headers[i].Key) || headers[i].Key == tracing.CorrelationIdHeader)
            {
                bytes += KafkaHeaders.SizeOf(headers[i]);
            }
        }

        return new(bytes, triedWithout);
    }

    internal void Tell(Activity activity) => activity.AddTag(AttributeNames.TraceHeaderBytes, TraceHeaderBytes);

    internal string Explain(string? reason) => TriedWithout
        ? $"{reason} (without its {TraceHeaderBytes} bytes of trace headers, too)"
        : $"{reason} ({TraceHeaderBytes} bytes of it are trace headers)";
}
