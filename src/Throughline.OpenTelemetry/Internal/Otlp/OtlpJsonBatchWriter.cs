using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Resources;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Otlp;

/// <summary>An ExportTraceServiceRequest in JSON: one resource, a scope for each source, its spans.</summary>
internal static class OtlpJsonBatchWriter
{
    public static int Write(Utf8JsonWriter json, Resource resource, in Batch<Activity> batch, SpanLimits limits)
    {
        var bySource = BySource(batch, out var count);
        json.WriteStartObject();
        json.WriteStartArray("resourceSpans");
        json.WriteStartObject();
        WriteResource(json, resource);
        json.WriteStartArray("scopeSpans");
        foreach (var (source, spans) in bySource)
        {
            WriteScope(json, source, spans, limits);
        }

        json.WriteEndArray();
        WriteSchema(json, resource.SchemaUrl);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return count;
    }

    private static Dictionary<ActivitySource, List<Activity>> BySource(in Batch<Activity> batch, out int count)
    {
        var bySource = new Dictionary<ActivitySource, List<Activity>>();
        count = 0;
        foreach (var span in batch)
        {
            if (!bySource.TryGetValue(span.Source, out var spans))
            {
                bySource[span.Source] = spans = [];
            }

            spans.Add(span);
            count++;
        }

        return bySource;
    }

    private static void WriteResource(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartObject("resource");
        var attributes = new AttributeList(json, int.MaxValue, int.MaxValue);
        foreach (var (key, value) in resource.Attributes)
        {
            attributes.Add(new(key, value));
        }

        attributes.End();
        json.WriteEndObject();
    }

    private static void WriteScope(Utf8JsonWriter json, ActivitySource source, List<Activity> spans, SpanLimits limits)
    {
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", source.Name);
        if (!string.IsNullOrEmpty(source.Version))
        {
            json.WriteString("version", source.Version);
        }

        var attributes = new AttributeList(json, limits.AttributeCountMax, limits.AttributeLengthMax);
        foreach (var tag in source.Tags ?? [])
        {
            attributes.Add(tag);
        }

        attributes.End();
        json.WriteEndObject();
        json.WriteStartArray("spans");
        var writer = new OtlpJsonSpanWriter(json, limits);
        foreach (var span in spans)
        {
            writer.Write(span);
        }

        json.WriteEndArray();
        WriteSchema(json, source.TelemetrySchemaUrl);
        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, string? schemaUrl)
    {
        if (!string.IsNullOrEmpty(schemaUrl))
        {
            json.WriteString("schemaUrl", schemaUrl);
        }
    }
}
