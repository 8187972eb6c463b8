using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Search;

/// <summary>The words that queries have for enums: their lower-case names.</summary>
internal static class FieldWords
{
    public static string Of(SpanKind kind) => kind switch
    {
        SpanKind.Internal => "internal",
        SpanKind.Server => "server",
        SpanKind.Client => "client",
        SpanKind.Producer => "producer",
        SpanKind.Consumer => "consumer",
        _ => "unspecified",
    };

    public static string Of(SpanStatus status) => status switch
    {
        SpanStatus.Ok => "ok",
        SpanStatus.Error => "error",
        _ => "unset",
    };

    /// <summary>Null for none.</summary>
    public static string? Of(MessagingOperation operation) => operation switch
    {
        MessagingOperation.Create => "create",
        MessagingOperation.Send => "send",
        MessagingOperation.Receive => "receive",
        MessagingOperation.Process => "process",
        MessagingOperation.Settle => "settle",
        _ => null,
    };
}
