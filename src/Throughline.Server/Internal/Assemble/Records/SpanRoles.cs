using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Records;

/// <summary>Which part a span has in a record's way.</summary>
internal static class SpanRoles
{
    public static SpanRole Role(this SpanFacts span) => span.Messaging is not { } messaging
        ? SpanRole.None
        : messaging.Operation switch
        {
            MessagingOperation.Send => SpanRole.Send,
            MessagingOperation.Create => SpanRole.Create,
            MessagingOperation.Process => SpanRole.Process,
            // A poll of the current conventions is a CLIENT; Python's names no topic: neither is of one record in particular.
            MessagingOperation.Receive when span.Kind == SpanKind.Consumer && messaging is { BatchCount: < 0, Topic: not null } =>
                SpanRole.Receive,
            MessagingOperation.None when span.Kind == SpanKind.Producer => SpanRole.Send,
            MessagingOperation.None when span.Kind == SpanKind.Consumer => SpanRole.Process,
            _ => SpanRole.None,
        };

    public static bool IsSend(this SpanFacts span) => span.Role() is SpanRole.Send or SpanRole.Create;

    public static bool IsProcessing(this SpanFacts span) => span.Role() is SpanRole.Process or SpanRole.Receive;

    /// <summary>Of several records: its links name them.</summary>
    public static bool IsBatch(this SpanFacts span) =>
        span.Messaging is { BatchCount: >= 0 } || (span.Links.Count > 1 && span.Links[1].Offset >= 0);
}
