using System.Globalization;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A span as lists show it. Ids are hex; durations are nanoseconds.</summary>
internal record SpanSummaryView(
    string TraceId,
    string SpanId,
    string? ParentSpanId,
    string Name,
    string Service,
    string Kind,
    string Status,
    string? ErrorType,
    string Start,
    string StartUnixNano,
    long DurationNano,
    long? LagNano,
    MessagingView? Messaging)
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    public static SpanSummaryView Of(SpanFacts span) => new(
        span.TraceId.ToString(),
        Hex(span.SpanId),
        span.ParentSpanId == 0 ? null : Hex(span.ParentSpanId),
        span.Name,
        span.Source.Service,
        MessagingView.Lower(span.Kind),
        MessagingView.Lower(span.Status),
        span.ErrorType,
        UnixTime.Rfc3339(span.StartUnixNs),
        span.StartUnixNs.ToString(CultureInfo.InvariantCulture),
        span.DurationNs,
        LagOf(span),
        MessagingView.Of(span.Messaging));

    public static string Hex(ulong spanId) => spanId.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>From the record's timestamp to where its processing begins; null of spans that do not tell it.</summary>
    private static long? LagOf(SpanFacts span) =>
        span.Messaging is { Operation: MessagingOperation.Process, RecordTimestampUnixMs: >= 0 } record
            ? span.StartUnixNs - (record.RecordTimestampUnixMs * NanosecondsPerMillisecond)
            : null;
}
