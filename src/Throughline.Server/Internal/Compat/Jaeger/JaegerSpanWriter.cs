using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Jaeger;

/// <summary>Writes a span as Jaeger has it, by OpenTelemetry's mapping between the two.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/</remarks>
internal static class JaegerSpanWriter
{
    private const long NsPerUs = 1000;

    public static void Write(Utf8JsonWriter json, StoredSpan span, string process)
    {
        var facts = span.Facts;
        json.WriteStartObject();
        json.WriteString("traceID"u8, JaegerIds.Of(facts.TraceId));
        json.WriteString("spanID"u8, JaegerIds.Of(facts.SpanId));
        json.WriteString("operationName"u8, facts.Name);
        WriteReferences(json, span);
        json.WriteNumber("startTime"u8, facts.StartUnixNs / NsPerUs);
        json.WriteNumber("duration"u8, facts.DurationNs / NsPerUs);
        WriteTags(json, span);
        WriteLogs(json, span);
        json.WriteString("processID"u8, process);
        json.WriteNull("warnings"u8);
        json.WriteEndObject();
    }

    /// <summary>The parent, and what else is linked to. A link to the parent tells more of it than that it is the parent.</summary>
    private static void WriteReferences(Utf8JsonWriter json, StoredSpan span)
    {
        var facts = span.Facts;
        var parent = new SpanKey(facts.TraceId, facts.ParentSpanId);
        var isParentLinked = false;
        foreach (var link in OtlpSpan.Links(span.Body.Span))
        {
            isParentLinked |= link.Key == parent;
        }

        json.WriteStartArray("references"u8);
        if (facts.ParentSpanId != 0)
        {
            WriteReference(json, isParentLinked ? "FOLLOWS_FROM" : "CHILD_OF", parent);
        }

        foreach (var link in OtlpSpan.Links(span.Body.Span))
        {
            if (link.Key != parent && link.Key.TraceId.IsValid)
            {
                var isChild = link.Attributes.TryFind("opentracing.ref_type"u8, out var type) && type.Bytes.SequenceEqual("child_of"u8);
                WriteReference(json, isChild ? "CHILD_OF" : "FOLLOWS_FROM", link.Key);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteReference(Utf8JsonWriter json, string type, SpanKey to)
    {
        json.WriteStartObject();
        json.WriteString("refType"u8, type);
        json.WriteString("traceID"u8, JaegerIds.Of(to.TraceId));
        json.WriteString("spanID"u8, JaegerIds.Of(to.SpanId));
        json.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter json, StoredSpan span)
    {
        json.WriteStartArray("tags"u8);
        foreach (var attribute in OtlpSpan.Attributes(span.Body.Span))
        {
            JaegerTags.Attribute(json, Encoding.UTF8.GetString(attribute.Key), attribute.Value);
        }

        var facts = span.Facts;
        WriteText(json, "otel.scope.name", OtlpSpan.Field(facts.Source.ScopeBytes.Span, OtlpTags.Scope.Name));
        WriteText(json, "otel.scope.version", OtlpSpan.Field(facts.Source.ScopeBytes.Span, OtlpTags.Scope.Version));
        if (facts.Kind != SpanKind.Unspecified)
        {
            JaegerTags.Text(json, "span.kind", MessagingView.Lower(facts.Kind));
        }

        if (facts.Status != SpanStatus.Unset)
        {
            JaegerTags.Text(json, "otel.status_code", facts.Status == SpanStatus.Error ? "ERROR" : "OK");
        }

        if (facts.Status == SpanStatus.Error)
        {
            JaegerTags.True(json, "error");
            WriteText(json, "otel.status_description", OtlpSpan.StatusMessage(span.Body.Span));
        }

        WriteText(json, "w3c.tracestate", OtlpSpan.TraceState(span.Body.Span));
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string key, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty)
        {
            JaegerTags.Text(json, key, Encoding.UTF8.GetString(utf8));
        }
    }

    private static void WriteLogs(Utf8JsonWriter json, StoredSpan span)
    {
        json.WriteStartArray("logs"u8);
        foreach (var e in OtlpSpan.Events(span.Body.Span))
        {
            json.WriteStartObject();
            json.WriteNumber("timestamp"u8, e.TimeUnixNs / NsPerUs);
            json.WriteStartArray("fields"u8);
            if (!e.Attributes.TryFind("event"u8, out _))
            {
                WriteText(json, "event", e.Name);
            }

            foreach (var attribute in e.Attributes)
            {
                JaegerTags.Attribute(json, Encoding.UTF8.GetString(attribute.Key), attribute.Value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
