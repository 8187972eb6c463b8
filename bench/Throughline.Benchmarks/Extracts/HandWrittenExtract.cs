using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Benchmarks.Extracts;

/// <summary>Reads <c>traceparent</c> and <c>tracestate</c> with what .NET has; no baggage.</summary>
internal static class HandWrittenExtract
{
    internal static ActivityContext Of(Headers headers)
    {
        if (!headers.TryGetLastBytes("traceparent", out var traceParent))
        {
            return default;
        }

        var traceState = headers.TryGetLastBytes("tracestate", out var bytes) ? Encoding.ASCII.GetString(bytes) : null;
        return ActivityContext.TryParse(Encoding.ASCII.GetString(traceParent), traceState, isRemote: true, out var context)
            ? context
            : default;
    }
}
