using System.Text.Json;

namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>Writes a LogRecord message as JSON.</summary>
internal static class OtlpJsonLogWriter
{
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> body, OtlpJsonForm form)
    {
        json.WriteStartObject();
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case OtlpTags.Log.Time:
                    OtlpJsonWriter.Time(json, "timeUnixNano"u8, reader.Number);
                    break;
                case OtlpTags.Log.ObservedTime:
                    OtlpJsonWriter.Time(json, "observedTimeUnixNano"u8, reader.Number);
                    break;
                case OtlpTags.Log.Severity:
                    OtlpJsonWriter.Number(json, "severityNumber"u8, reader.Number);
                    break;
                case OtlpTags.Log.SeverityText:
                    OtlpJsonWriter.Text(json, "severityText"u8, reader.Bytes);
                    break;
                case OtlpTags.Log.Body:
                    json.WritePropertyName("body"u8);
                    OtlpJsonValueWriter.Value(json, OtlpValue.Read(reader.Bytes));
                    break;
                case OtlpTags.Log.DroppedAttributes:
                    OtlpJsonWriter.Number(json, "droppedAttributesCount"u8, reader.Number);
                    break;
                case OtlpTags.Log.Flags:
                    OtlpJsonWriter.Number(json, "flags"u8, reader.Number);
                    break;
                case OtlpTags.Log.TraceId:
                    OtlpJsonWriter.Id(json, "traceId"u8, reader.Bytes, form);
                    break;
                case OtlpTags.Log.SpanId:
                    OtlpJsonWriter.Id(json, "spanId"u8, reader.Bytes, form);
                    break;
                case OtlpTags.Log.EventName:
                    OtlpJsonWriter.Text(json, "eventName"u8, reader.Bytes);
                    break;
            }
        }

        OtlpJsonWriter.Attributes(json, OtlpSpan.LogAttributes(body));
        json.WriteEndObject();
    }
}
