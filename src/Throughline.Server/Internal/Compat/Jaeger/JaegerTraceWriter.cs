using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query.Traces;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Compat.Jaeger;

/// <summary>Writes a trace as Jaeger's UI reads it: spans, and the processes that they name.</summary>
internal static class JaegerTraceWriter
{
    private const string ServiceName = "service.name";

    public static void Write(Utf8JsonWriter json, FoundTrace trace)
    {
        var processes = new Dictionary<string, string>(StringComparer.Ordinal);
        var sources = new Dictionary<string, SpanSource>(StringComparer.Ordinal);
        json.WriteStartObject();
        json.WriteString("traceID"u8, JaegerIds.Of(trace.Id));
        json.WriteStartArray("spans"u8);
        foreach (var span in trace.Spans)
        {
            var source = span.Facts.Source;
            var resource = Convert.ToBase64String(source.ResourceBytes.Span);
            if (!processes.TryGetValue(resource, out var process))
            {
                process = $"p{processes.Count + 1}";
                processes.Add(resource, process);
                sources.Add(process, source);
            }

            JaegerSpanWriter.Write(json, span, process);
        }

        json.WriteEndArray();
        json.WriteStartObject("processes"u8);
        foreach (var (name, source) in sources)
        {
            WriteProcess(json, name, source);
        }

        json.WriteEndObject();
        WriteWarnings(json, trace);
        json.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter json, string name, SpanSource source)
    {
        json.WriteStartObject(name);
        json.WriteString("serviceName"u8, source.Service);
        json.WriteStartArray("tags"u8);
        foreach (var attribute in OtlpSpan.ResourceAttributes(source.ResourceBytes.Span))
        {
            var key = Encoding.UTF8.GetString(attribute.Key);
            if (key != ServiceName)
            {
                JaegerTags.Attribute(json, key, attribute.Value);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWarnings(Utf8JsonWriter json, FoundTrace trace)
    {
        if (!trace.IsCutShort)
        {
            json.WriteNull("warnings"u8);
            return;
        }

        json.WriteStartArray("warnings"u8);
        json.WriteStringValue($"the trace has more spans; these are the first {trace.Spans.Count}");
        json.WriteEndArray();
    }
}
