using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Zipkin;

/// <summary>An event as one text: its name, and its attributes behind it as JSON.</summary>
internal static class ZipkinAnnotation
{
    public static string Text(in ActivityEvent happening, SpanLimits limits)
    {
        var count = 0;
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(happening.Name);
            foreach (ref readonly var tag in happening.EnumerateTagObjects())
            {
                if (count++ < limits.EventAttributeCountMax)
                {
                    writer.WriteString(tag.Key, AttributeText.Of(tag.Value, limits.AttributeLengthMax));
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        // {"name":{…}} without the outer braces is the form that the specification gives.
        return count == 0 ? happening.Name : Encoding.UTF8.GetString(json.WrittenSpan[1..^1]);
    }
}
