using System.Text.Json;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Zipkin;

/// <summary>
/// Writes annotations as events. OpenTelemetry's exporters put an event's attributes behind its name, as JSON:
/// <c>"exception":{"exception.type":"IOException"}</c>.
/// </summary>
internal static class ZipkinAnnotations
{
    private const ulong NsPerUs = 1000;

    public static void Write(ref Utf8JsonReader reader, ProtoWriter writer)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        // All of them are objects: who read the head has seen to it.
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            WriteOne(ref reader, writer);
        }
    }

    private static void WriteOne(ref Utf8JsonReader reader, ProtoWriter writer)
    {
        var it = writer.Begin(OtlpTags.Span.Events);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ZipkinJson.Is(ref reader, "timestamp"u8))
            {
                var us = (ulong)ZipkinJson.Whole(ref reader, "an annotation's timestamp");
                writer.Fixed64(OtlpTags.Event.Time, Math.Min(us, long.MaxValue / NsPerUs) * NsPerUs);
            }
            else if (ZipkinJson.Is(ref reader, "value"u8))
            {
                WriteValue(ZipkinJson.Text(ref reader, "an annotation's value"), writer);
            }
            else
            {
                ZipkinJson.SkipValue(ref reader);
            }
        }

        writer.End(it);
    }

    private static void WriteValue(string value, ProtoWriter writer)
    {
        if (!value.StartsWith('"') || !value.EndsWith('}') || !TryWriteWithAttributes(value, writer))
        {
            writer.Text(OtlpTags.Event.Name, value);
        }
    }

    private static bool TryWriteWithAttributes(string value, ProtoWriter writer)
    {
        try
        {
            using var json = JsonDocument.Parse($"{{{value}}}");
            var properties = json.RootElement.EnumerateObject();
            if (!properties.MoveNext() || properties.Current is not { Value.ValueKind: JsonValueKind.Object } happening)
            {
                return false;
            }

            writer.Text(OtlpTags.Event.Name, happening.Name);
            foreach (var attribute in happening.Value.EnumerateObject())
            {
                ZipkinAttributes.Write(writer, OtlpTags.Event.Attributes, attribute.Name, attribute.Value.ToString());
            }

            return true;
        }
        catch (JsonException)
        {
            // A text that only looks like it.
            return false;
        }
    }
}
