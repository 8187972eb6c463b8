using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Search;

/// <summary>The lag that a process span itself tells.</summary>
internal static class SpanLag
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>From the record's timestamp to where its processing begins, nanoseconds; null where the span does not tell it.</summary>
    public static long? Of(SpanFacts span) =>
        span.Messaging is { Operation: MessagingOperation.Process, RecordTimestampUnixMs: >= 0 and <= long.MaxValue / NanosecondsPerMillisecond } messaging
            ? span.StartUnixNs - (messaging.RecordTimestampUnixMs * NanosecondsPerMillisecond)
            : null;
}
