using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>Writes links straight from their span. Those that name no span are left out.</summary>
internal sealed class LinksConverter : JsonConverter<LinksView>
{
    public override LinksView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("answers are not read");

    public override void Write(Utf8JsonWriter writer, LinksView value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var link in OtlpSpan.Links(value.Span.Span))
        {
            if (link.Key.TraceId.IsValid && link.Key.SpanId != 0)
            {
                writer.WriteStartObject();
                writer.WriteString("traceId"u8, link.Key.TraceId.ToString());
                writer.WriteString("spanId"u8, link.Key.SpanId.ToString("x16", CultureInfo.InvariantCulture));
                writer.WritePropertyName("attributes"u8);
                PlainJson.Attributes(writer, link.Attributes);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }
}
