using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>What the conventions ask of messaging spans.</summary>
/// <param name="Says">The attribute: its current name is the first of <see cref="AttributeAliases.NamesOf"/>.</param>
/// <param name="IsRequired">Required, where it applies; else recommended.</param>
/// <param name="Of">Of which spans, in words.</param>
/// <param name="AppliesTo">The same.</param>
internal sealed record AskedAttribute(SaidBy Says, bool IsRequired, string Of, Func<SpanFacts, bool> AppliesTo)
{
    public string Name => AttributeAliases.NamesOf(Says)[0];

    /// <summary>Semantic conventions 1.44, https://opentelemetry.io/docs/specs/semconv/messaging/kafka/.</summary>
    public static IReadOnlyList<AskedAttribute> All { get; } =
    [
        new(SaidBy.System, true, "all", static _ => true),
        new(SaidBy.OperationName, true, "all", static _ => true),
        new(SaidBy.Operation, true, "all", static _ => true),
        new(SaidBy.Topic, true, "all", static _ => true),
        new(SaidBy.ErrorType, true, "those that failed", static span => span.Status == SpanStatus.Error),
        new(SaidBy.ServerAddress, true, "sends and receives", static span => span.Messaging!.Operation is MessagingOperation.Send or MessagingOperation.Receive),
        new(SaidBy.Group, false, "receives and processings", static span => span.Messaging!.Operation is MessagingOperation.Receive or MessagingOperation.Process),
        new(SaidBy.Partition, false, "single records", IsOfRecord),
        new(SaidBy.Offset, false, "single records", IsOfRecord),
        new(SaidBy.Key, false, "single records with a key", IsOfRecord),
        new(SaidBy.ClientId, false, "all", static _ => true),
    ];

    private static bool IsOfRecord(SpanFacts span) =>
        span.Messaging is { BatchCount: < 0, Operation: MessagingOperation.Process }
        || span is { Status: not SpanStatus.Error, Messaging: { BatchCount: < 0, Operation: MessagingOperation.Send } };
}
