namespace Throughline.Server.Internal.Store.Terms;

/// <summary>The names under which fields with names of their own are indexed.</summary>
internal static class IndexedKeys
{
    /// <summary>Before the names of fields that are no attribute; no attribute's name begins like this.</summary>
    public const char FieldMark = '\u0001';

    // https://opentelemetry.io/docs/specs/semconv/registry/attributes/messaging/
    public static IndexedKey Service { get; } = new("service.name");

    public static IndexedKey Topic { get; } = new("messaging.destination.name");

    public static IndexedKey Partition { get; } = new("messaging.destination.partition.id");

    public static IndexedKey Offset { get; } = new("messaging.kafka.offset");

    public static IndexedKey Group { get; } = new("messaging.consumer.group.name");

    public static IndexedKey MessageKey { get; } = new("messaging.kafka.message.key");

    public static IndexedKey Operation { get; } = new("messaging.operation.type");

    public static IndexedKey ErrorType { get; } = new("error.type");

    public static IndexedKey Name { get; } = new("\u0001name");

    public static IndexedKey Kind { get; } = new("\u0001kind");

    public static IndexedKey Status { get; } = new("\u0001status");

    /// <summary>The key of a field; null where the field is not indexed by a key and its value.</summary>
    public static IndexedKey? Of(Query.WellKnownField field) => field switch
    {
        Query.WellKnownField.Name => Name,
        Query.WellKnownField.Service => Service,
        Query.WellKnownField.Kind => Kind,
        Query.WellKnownField.Status => Status,
        Query.WellKnownField.Operation => Operation,
        Query.WellKnownField.Topic => Topic,
        Query.WellKnownField.Partition => Partition,
        Query.WellKnownField.Offset => Offset,
        Query.WellKnownField.Group => Group,
        Query.WellKnownField.Key => MessageKey,
        Query.WellKnownField.ErrorType => ErrorType,
        _ => null,
    };
}
