namespace Throughline.Server.Internal.Query.Language;

/// <summary>The one table of the fields that have names; <c>docs/query.md</c> and completion are made from it.</summary>
internal static class FieldNames
{
    public const string SpanScope = "span.";
    public const string ResourceScope = "resource.";

    public static IReadOnlyList<FieldName> All { get; } =
    [
        new("service", WellKnownField.Service, FieldType.Text, "the service that wrote the span", []),
        new("name", WellKnownField.Name, FieldType.Text, "the span's name", []),
        new("topic", WellKnownField.Topic, FieldType.Text, "the topic, whatever the instrumentation calls it", []),
        new("partition", WellKnownField.Partition, FieldType.Integer, "the partition", []),
        new("offset", WellKnownField.Offset, FieldType.Integer, "the record's offset", []),
        new("group", WellKnownField.Group, FieldType.Text, "the consumer group", []),
        new("key", WellKnownField.Key, FieldType.Text, "the record's key, where it was captured", []),
        new("operation", WellKnownField.Operation, FieldType.Word, "what was done with messages",
            ["create", "send", "receive", "process", "settle"]),
        new("kind", WellKnownField.Kind, FieldType.Word, "the span's kind",
            ["internal", "server", "client", "producer", "consumer", "unspecified"]),
        new("status", WellKnownField.Status, FieldType.Word, "the span's status; error alone means status = error",
            ["error", "ok", "unset"]),
        new("error.type", WellKnownField.ErrorType, FieldType.Text, "what failed: an exception's or the protocol's name", []),
        new("duration", WellKnownField.Duration, FieldType.Duration, "from the span's start to its end", []),
        new("lag", WellKnownField.Lag, FieldType.Duration, "from the record's timestamp to where its processing begins", []),
        new("trace", WellKnownField.TraceId, FieldType.TraceId, "the trace's id", []),
        new("span", WellKnownField.SpanId, FieldType.SpanId, "the span's id", []),
    ];

    /// <summary>The names, for messages.</summary>
    public static string List { get; } = string.Join(", ", All.Select(f => f.Name));

    public static FieldName? Find(string name) =>
        All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The row of a field, or null for an attribute.</summary>
    public static FieldName? Of(WellKnownField known) => All.FirstOrDefault(f => f.Known == known);

    public static FieldType TypeOf(Field field) => Of(field.Known)?.Type ?? FieldType.Any;

    /// <summary>The scope that a prefix names, or null.</summary>
    public static AttributeScope? ScopeOf(string prefix) => prefix switch
    {
        SpanScope => AttributeScope.Span,
        ResourceScope => AttributeScope.Resource,
        _ => null,
    };
}
