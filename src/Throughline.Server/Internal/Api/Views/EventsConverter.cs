using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>Writes events straight from their span.</summary>
internal sealed class EventsConverter : JsonConverter<EventsView>
{
    public override EventsView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("answers are not read");

    public override void Write(Utf8JsonWriter writer, EventsView value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var e in OtlpSpan.Events(value.Span.Span))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, Encoding.UTF8.GetString(e.Name));
            writer.WriteString("time"u8, UnixTime.Rfc3339(e.TimeUnixNs));
            writer.WriteString("timeUnixNano"u8, e.TimeUnixNs.ToString(CultureInfo.InvariantCulture));
            writer.WritePropertyName("attributes"u8);
            PlainJson.Attributes(writer, e.Attributes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
