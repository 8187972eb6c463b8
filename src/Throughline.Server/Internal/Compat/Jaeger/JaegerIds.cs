using System.Globalization;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Compat.Jaeger;

/// <summary>Ids as Jaeger and Zipkin write them: a trace id whose first half is zero is written without it.</summary>
internal static class JaegerIds
{
    public static string Of(TraceId trace) => trace.High == 0 ? Of(trace.Low) : trace.ToString();

    public static string Of(ulong span) => span.ToString("x16", CultureInfo.InvariantCulture);
}
