using System.Diagnostics.CodeAnalysis;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>Reads a LogRecord message into its facts.</summary>
internal static class LogDecoder
{
    private const int SeverityMax = 24;

    /// <returns>
    /// False where an id has a length that there is not, with the cause. A record without a trace is read: its trace id is
    /// zero then.
    /// </returns>
    /// <exception cref="MalformedOtlpException">It is no LogRecord message.</exception>
    public static bool TryRead(
        ReadOnlySpan<byte> body, SpanSource source,
        [NotNullWhen(true)] out LogFacts? log, [NotNullWhen(false)] out string? cause)
    {
        long time = 0, observed = 0;
        var severity = 0;
        TraceId trace = default;
        ulong span = 0;
        cause = null;
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case OtlpTags.Log.Time:
                    time = reader.Time;
                    break;
                case OtlpTags.Log.ObservedTime:
                    observed = reader.Time;
                    break;
                case OtlpTags.Log.Severity:
                    severity = reader.Number <= SeverityMax ? (int)reader.Number : 0;
                    break;
                case OtlpTags.Log.Body:
                    OtlpCheck.Value(reader.Bytes);
                    break;
                case OtlpTags.Log.Attributes:
                    OtlpCheck.Attribute(reader.Bytes);
                    break;
                case OtlpTags.Log.TraceId when !OtlpIds.TryReadTrace(reader.Bytes, out trace):
                    cause ??= LengthProblem("trace_id", reader.Bytes, TraceId.Size);
                    break;
                case OtlpTags.Log.SpanId when !OtlpIds.TryReadSpan(reader.Bytes, out span):
                    cause ??= LengthProblem("span_id", reader.Bytes, OtlpIds.SpanIdSize);
                    break;
            }
        }

        log = cause is not null ? null : new LogFacts
        {
            TraceId = trace,
            SpanId = span,
            TimeUnixNs = time != 0 ? time : observed,
            Severity = severity,
            Source = source,
        };
        return log is not null;
    }

    // A log record may have no ids, which some clients write as zeros.
    private static string? LengthProblem(string field, ReadOnlySpan<byte> bytes, int size) =>
        bytes.Length == 0 || bytes.Length == size ? null : OtlpIds.Problem(field, bytes, size);
}
