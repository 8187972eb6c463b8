using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Dashboard.Internal.Journeys.Details;

/// <summary>Attributes in Kafka's words, whatever their instrumentation called them.</summary>
internal static class AttributeLines
{
    // A whole payload as an attribute is cut; the export has all of it.
    private const int LengthMax = 8_000;
    private const long NsPerMs = 1_000_000;

    /// <summary>By group, and in each in the order in which they were sent.</summary>
    public static IReadOnlyList<AttributeLine> Of(OtlpAttributes attributes)
    {
        var lines = new List<AttributeLine>();
        foreach (var attribute in attributes)
        {
            var says = AttributeAliases.Find(attribute.Key)?.Says ?? SaidBy.Nothing;
            var (group, word) = WordOf(says);
            lines.Add(new(group, word, Encoding.UTF8.GetString(attribute.Key), TextOf(attribute.Value), TimeOf(says, attribute.Value)));
        }

        return [.. lines.OrderBy(static line => line.Group)];
    }

    public static string TextOf(OtlpValue value)
    {
        var text = value.ToText() ?? Json(value);
        return text.Length > LengthMax ? text[..LengthMax] + "…" : text;
    }

    private static (AttributeGroup Group, string? Word) WordOf(SaidBy says) => says switch
    {
        SaidBy.Topic => (AttributeGroup.Record, "topic"),
        SaidBy.Partition => (AttributeGroup.Record, "partition"),
        SaidBy.Offset => (AttributeGroup.Record, "offset"),
        SaidBy.Key => (AttributeGroup.Record, "key"),
        SaidBy.Tombstone => (AttributeGroup.Record, "tombstone"),
        SaidBy.BatchCount => (AttributeGroup.Record, "records in the batch"),
        SaidBy.BodySize => (AttributeGroup.Record, "size of value, bytes"),
        SaidBy.MessageId => (AttributeGroup.Record, "message id"),
        SaidBy.TraceHeaderBytes => (AttributeGroup.Record, "size of tracing's headers, bytes"),
        SaidBy.HeadersDropped => (AttributeGroup.Record, "sent without tracing's headers because of"),
        SaidBy.TraceParentHeader => (AttributeGroup.Record, "header traceparent"),
        SaidBy.RecordTimestamp => (AttributeGroup.Record, "timestamp"),
        SaidBy.RecordTimestampType => (AttributeGroup.Record, "timestamp type"),
        SaidBy.OriginalTopic => (AttributeGroup.Record, "first topic"),
        SaidBy.OriginalPartition => (AttributeGroup.Record, "first partition"),
        SaidBy.OriginalOffset => (AttributeGroup.Record, "first offset"),
        SaidBy.RetryRound => (AttributeGroup.Record, "times through a retry topic"),
        SaidBy.System => (AttributeGroup.Client, "system"),
        SaidBy.Operation or SaidBy.OperationName => (AttributeGroup.Client, "operation"),
        SaidBy.Group => (AttributeGroup.Client, "group.id"),
        SaidBy.ClientId => (AttributeGroup.Client, "client.id"),
        SaidBy.ClusterId => (AttributeGroup.Client, "cluster id"),
        SaidBy.ServerAddress => (AttributeGroup.Client, "broker"),
        SaidBy.ServerPort => (AttributeGroup.Client, "broker's port"),
        SaidBy.RecordReceived => (AttributeGroup.Client, "fetched"),
        SaidBy.SendOutcome => (AttributeGroup.Client, "outcome of the send"),
        SaidBy.TransactionId => (AttributeGroup.Client, "transactional.id"),
        SaidBy.TransactionSequence => (AttributeGroup.Client, "transaction's number"),
        SaidBy.ProcessOutcome => (AttributeGroup.Handler, "outcome"),
        SaidBy.FailureDestination => (AttributeGroup.Handler, "sent on to"),
        SaidBy.ErrorType or SaidBy.ExceptionType => (AttributeGroup.Handler, "error"),
        _ => (AttributeGroup.Other, null),
    };

    private static long? TimeOf(SaidBy says, OtlpValue value) => (says, value.TryGetInt(out var number)) switch
    {
        (SaidBy.RecordTimestamp, true) when number is > 0 and < long.MaxValue / NsPerMs => number * NsPerMs,
        (SaidBy.RecordReceived, true) when number > 0 => number,
        _ => null,
    };

    private static string Json(OtlpValue value)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            PlainJson.Value(json, value);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
