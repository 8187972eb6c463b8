using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Spans;
using static Throughline.Server.Internal.Otlp.Json.JsonFieldKind;

namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>
/// OTLP's messages as their JSON names them. Of traces and logs, all fields; of metrics, those that the server reads:
/// others are stepped over, as unknown ones are.
/// </summary>
internal static class JsonMessages
{
    private static readonly IReadOnlyList<JsonField> AnyValue =
    [
        JsonField.Plain("stringValue", OtlpTags.AnyValue.Text, Text),
        JsonField.Plain("boolValue", OtlpTags.AnyValue.Bool, Bool),
        JsonField.Plain("intValue", OtlpTags.AnyValue.Int, Varint),
        JsonField.Plain("doubleValue", OtlpTags.AnyValue.Double, JsonFieldKind.Double),
        JsonField.Message("arrayValue", OtlpTags.AnyValue.Array, () => ArrayValue!),
        JsonField.Message("kvlistValue", OtlpTags.AnyValue.Map, () => KeyValueList!),
        JsonField.Plain("bytesValue", OtlpTags.AnyValue.Binary, Base64),
    ];

    private static readonly IReadOnlyList<JsonField> KeyValue =
    [
        JsonField.Plain("key", OtlpTags.KeyValue.Key, Text),
        JsonField.Message("value", OtlpTags.KeyValue.Value, () => AnyValue),
    ];

    private static readonly IReadOnlyList<JsonField> ArrayValue =
        [JsonField.Message("values", OtlpTags.Values.Items, () => AnyValue)];

    private static readonly IReadOnlyList<JsonField> KeyValueList =
        [JsonField.Message("values", OtlpTags.Values.Items, () => KeyValue)];

    private static readonly IReadOnlyList<JsonField> Resource =
    [
        Attributes(OtlpTags.Resource.Attributes),
        JsonField.Plain("droppedAttributesCount", OtlpTags.Resource.DroppedAttributes, Varint),
    ];

    private static readonly IReadOnlyList<JsonField> Scope =
    [
        JsonField.Plain("name", OtlpTags.Scope.Name, Text),
        JsonField.Plain("version", OtlpTags.Scope.Version, Text),
        Attributes(OtlpTags.Scope.Attributes),
        JsonField.Plain("droppedAttributesCount", OtlpTags.Scope.DroppedAttributes, Varint),
    ];

    private static readonly IReadOnlyList<JsonField> Event =
    [
        JsonField.Plain("timeUnixNano", OtlpTags.Event.Time, Fixed64),
        JsonField.Plain("name", OtlpTags.Event.Name, Text),
        Attributes(OtlpTags.Event.Attributes),
        JsonField.Plain("droppedAttributesCount", OtlpTags.Event.DroppedAttributes, Varint),
    ];

    private static readonly IReadOnlyList<JsonField> Link =
    [
        JsonField.Id("traceId", OtlpTags.Link.TraceId, TraceId.Size),
        JsonField.Id("spanId", OtlpTags.Link.SpanId, OtlpIds.SpanIdSize),
        JsonField.Plain("traceState", OtlpTags.Link.TraceState, Text),
        Attributes(OtlpTags.Link.Attributes),
        JsonField.Plain("droppedAttributesCount", OtlpTags.Link.DroppedAttributes, Varint),
        JsonField.Plain("flags", OtlpTags.Link.Flags, Fixed32),
    ];

    private static readonly IReadOnlyList<JsonField> Status =
    [
        JsonField.Plain("message", OtlpTags.Status.Message, Text),
        JsonField.Enum("code", OtlpTags.Status.Code, OtlpEnumNames.StatusCodes),
    ];

    private static readonly IReadOnlyList<JsonField> Span =
    [
        JsonField.Id("traceId", OtlpTags.Span.TraceId, TraceId.Size),
        JsonField.Id("spanId", OtlpTags.Span.SpanId, OtlpIds.SpanIdSize),
        JsonField.Plain("traceState", OtlpTags.Span.TraceState, Text),
        JsonField.Id("parentSpanId", OtlpTags.Span.ParentSpanId, OtlpIds.SpanIdSize),
        JsonField.Plain("name", OtlpTags.Span.Name, Text),
        JsonField.Enum("kind", OtlpTags.Span.Kind, OtlpEnumNames.SpanKinds),
        JsonField.Plain("startTimeUnixNano", OtlpTags.Span.Start, Fixed64),
        JsonField.Plain("endTimeUnixNano", OtlpTags.Span.End, Fixed64),
        Attributes(OtlpTags.Span.Attributes),
        JsonField.Plain("droppedAttributesCount", OtlpTags.Span.DroppedAttributes, Varint),
        JsonField.Message("events", OtlpTags.Span.Events, () => Event),
        JsonField.Plain("droppedEventsCount", OtlpTags.Span.DroppedEvents, Varint),
        JsonField.Message("links", OtlpTags.Span.Links, () => Link),
        JsonField.Plain("droppedLinksCount", OtlpTags.Span.DroppedLinks, Varint),
        JsonField.Message("status", OtlpTags.Span.Status, () => Status),
        JsonField.Plain("flags", OtlpTags.Span.Flags, Fixed32),
    ];

    private static readonly IReadOnlyList<JsonField> Log =
    [
        JsonField.Plain("timeUnixNano", OtlpTags.Log.Time, Fixed64),
        JsonField.Enum("severityNumber", OtlpTags.Log.Severity, OtlpEnumNames.Severities),
        JsonField.Plain("severityText", OtlpTags.Log.SeverityText, Text),
        JsonField.Message("body", OtlpTags.Log.Body, () => AnyValue),
        Attributes(OtlpTags.Log.Attributes),
        JsonField.Plain("droppedAttributesCount", OtlpTags.Log.DroppedAttributes, Varint),
        JsonField.Plain("flags", OtlpTags.Log.Flags, Fixed32),
        JsonField.Id("traceId", OtlpTags.Log.TraceId, TraceId.Size),
        JsonField.Id("spanId", OtlpTags.Log.SpanId, OtlpIds.SpanIdSize),
        JsonField.Plain("observedTimeUnixNano", OtlpTags.Log.ObservedTime, Fixed64),
        JsonField.Plain("eventName", OtlpTags.Log.EventName, Text),
    ];

    private static readonly IReadOnlyList<JsonField> NumberPoint =
    [
        JsonField.Plain("startTimeUnixNano", OtlpTags.Point.Start, Fixed64),
        JsonField.Plain("timeUnixNano", OtlpTags.Point.Time, Fixed64),
        JsonField.Plain("asDouble", OtlpTags.NumberPoint.Double, JsonFieldKind.Double),
        JsonField.Plain("asInt", OtlpTags.NumberPoint.Int, Fixed64),
        Attributes(OtlpTags.NumberPoint.Attributes),
        JsonField.Plain("flags", OtlpTags.NumberPoint.Flags, Varint),
    ];

    private static readonly IReadOnlyList<JsonField> Metric =
    [
        JsonField.Plain("name", OtlpTags.Metric.Name, Text),
        Data("gauge", OtlpTags.Metric.Gauge, NumberPoint),
        Data("sum", OtlpTags.Metric.Sum, NumberPoint),
        Data("histogram", OtlpTags.Metric.Histogram, HistogramPoint(OtlpTags.HistogramPoint.Attributes)),
        Data(
            "exponentialHistogram", OtlpTags.Metric.ExponentialHistogram,
            HistogramPoint(OtlpTags.HistogramPoint.ExponentialAttributes)),
        Data("summary", OtlpTags.Metric.Summary, HistogramPoint(OtlpTags.NumberPoint.Attributes)),
    ];

    private static readonly IReadOnlyList<JsonField> Traces = Request("resourceSpans", "scopeSpans", "spans", Span);
    private static readonly IReadOnlyList<JsonField> Logs = Request("resourceLogs", "scopeLogs", "logRecords", Log);
    private static readonly IReadOnlyList<JsonField> Metrics = Request("resourceMetrics", "scopeMetrics", "metrics", Metric);

    /// <summary>The fields of the request of a signal.</summary>
    public static IReadOnlyList<JsonField> Of(SignalKind kind) => kind switch
    {
        SignalKind.Traces => Traces,
        SignalKind.Logs => Logs,
        SignalKind.Metrics => Metrics,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no signal"),
    };

    private static JsonField Attributes(uint tag) => JsonField.Message("attributes", tag, () => KeyValue!);

    private static JsonField Data(string name, uint tag, IReadOnlyList<JsonField> point)
    {
        IReadOnlyList<JsonField> fields =
        [
            JsonField.Message("dataPoints", OtlpTags.MetricData.Points, () => point),
            JsonField.Enum("aggregationTemporality", OtlpTags.MetricData.Temporality, OtlpEnumNames.Temporalities),
        ];
        return JsonField.Message(name, tag, () => fields);
    }

    private static IReadOnlyList<JsonField> HistogramPoint(uint attributes) =>
    [
        JsonField.Plain("startTimeUnixNano", OtlpTags.Point.Start, Fixed64),
        JsonField.Plain("timeUnixNano", OtlpTags.Point.Time, Fixed64),
        JsonField.Plain("count", OtlpTags.HistogramPoint.Count, Fixed64),
        JsonField.Plain("sum", OtlpTags.HistogramPoint.Sum, JsonFieldKind.Double),
        Attributes(attributes),
        JsonField.Plain("flags", OtlpTags.HistogramPoint.Flags, Varint),
    ];

    private static IReadOnlyList<JsonField> Request(
        string resources, string scopes, string items, IReadOnlyList<JsonField> item)
    {
        IReadOnlyList<JsonField> ofScope =
        [
            JsonField.Message("scope", OtlpTags.ScopeItems.Scope, () => Scope),
            JsonField.Message(items, OtlpTags.ScopeItems.Items, () => item),
            JsonField.Plain("schemaUrl", OtlpTags.ScopeItems.SchemaUrl, Text),
        ];
        IReadOnlyList<JsonField> ofResource =
        [
            JsonField.Message("resource", OtlpTags.ResourceItems.Resource, () => Resource),
            JsonField.Message(scopes, OtlpTags.ResourceItems.Scopes, () => ofScope),
            JsonField.Plain("schemaUrl", OtlpTags.ResourceItems.SchemaUrl, Text),
        ];
        return [JsonField.Message(resources, OtlpTags.Request.Resources, () => ofResource)];
    }
}
