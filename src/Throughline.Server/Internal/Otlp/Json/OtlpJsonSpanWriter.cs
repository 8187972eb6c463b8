using System.Text.Json;

namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>Writes a Span message as JSON.</summary>
internal static class OtlpJsonSpanWriter
{
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> body, OtlpJsonForm form)
    {
        json.WriteStartObject();
        var (events, links) = Fields(json, body, form);
        OtlpJsonWriter.Attributes(json, OtlpSpan.Attributes(body));
        if (events)
        {
            Events(json, body);
        }

        if (links)
        {
            Links(json, body, form);
        }

        json.WriteEndObject();
    }

    /// <summary>All but the lists; says which of those there are.</summary>
    private static (bool Events, bool Links) Fields(Utf8JsonWriter json, ReadOnlySpan<byte> body, OtlpJsonForm form)
    {
        bool events = false, links = false;
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case OtlpTags.Span.Events:
                    events = true;
                    break;
                case OtlpTags.Span.Links:
                    links = true;
                    break;
                case OtlpTags.Span.Status:
                    Status(json, reader.Bytes, form);
                    break;
                case OtlpTags.Span.Kind:
                    Enum(json, "kind"u8, reader.Number, OtlpEnumNames.SpanKinds, form);
                    break;
                default:
                    Field(json, in reader, form);
                    break;
            }
        }

        return (events, links);
    }

    private static void Field(Utf8JsonWriter json, in ProtoReader field, OtlpJsonForm form)
    {
        switch (field.Tag)
        {
            case OtlpTags.Span.TraceId:
                OtlpJsonWriter.Id(json, "traceId"u8, field.Bytes, form);
                break;
            case OtlpTags.Span.SpanId:
                OtlpJsonWriter.Id(json, "spanId"u8, field.Bytes, form);
                break;
            case OtlpTags.Span.TraceState:
                OtlpJsonWriter.Text(json, "traceState"u8, field.Bytes);
                break;
            case OtlpTags.Span.ParentSpanId:
                OtlpJsonWriter.Id(json, "parentSpanId"u8, field.Bytes, form);
                break;
            case OtlpTags.Span.Name:
                OtlpJsonWriter.Text(json, "name"u8, field.Bytes);
                break;
            case OtlpTags.Span.Start:
                OtlpJsonWriter.Time(json, "startTimeUnixNano"u8, field.Number);
                break;
            case OtlpTags.Span.End:
                OtlpJsonWriter.Time(json, "endTimeUnixNano"u8, field.Number);
                break;
            case OtlpTags.Span.DroppedAttributes:
                OtlpJsonWriter.Number(json, "droppedAttributesCount"u8, field.Number);
                break;
            case OtlpTags.Span.DroppedEvents:
                OtlpJsonWriter.Number(json, "droppedEventsCount"u8, field.Number);
                break;
            case OtlpTags.Span.DroppedLinks:
                OtlpJsonWriter.Number(json, "droppedLinksCount"u8, field.Number);
                break;
            case OtlpTags.Span.Flags:
                OtlpJsonWriter.Number(json, "flags"u8, field.Number);
                break;
        }
    }

    private static void Status(Utf8JsonWriter json, ReadOnlySpan<byte> status, OtlpJsonForm form)
    {
        json.WriteStartObject("status"u8);
        var reader = new ProtoReader(status);
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.Status.Message)
            {
                OtlpJsonWriter.Text(json, "message"u8, reader.Bytes);
            }
            else if (reader.Tag == OtlpTags.Status.Code)
            {
                Enum(json, "code"u8, reader.Number, OtlpEnumNames.StatusCodes, form);
            }
        }

        json.WriteEndObject();
    }

    private static void Events(Utf8JsonWriter json, ReadOnlySpan<byte> body)
    {
        json.WriteStartArray("events"u8);
        foreach (var e in OtlpSpan.Events(body))
        {
            json.WriteStartObject();
            OtlpJsonWriter.Time(json, "timeUnixNano"u8, (ulong)e.TimeUnixNs);
            OtlpJsonWriter.Text(json, "name"u8, e.Name);
            OtlpJsonWriter.Attributes(json, e.Attributes);
            OtlpJsonWriter.Number(json, "droppedAttributesCount"u8, e.DroppedAttributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Links(Utf8JsonWriter json, ReadOnlySpan<byte> body, OtlpJsonForm form)
    {
        json.WriteStartArray("links"u8);
        foreach (var link in OtlpSpan.Links(body))
        {
            json.WriteStartObject();
            OtlpJsonWriter.Id(json, "traceId"u8, link.TraceIdBytes, form);
            OtlpJsonWriter.Id(json, "spanId"u8, link.SpanIdBytes, form);
            OtlpJsonWriter.Text(json, "traceState"u8, link.TraceState);
            OtlpJsonWriter.Attributes(json, link.Attributes);
            OtlpJsonWriter.Number(json, "droppedAttributesCount"u8, link.DroppedAttributes);
            OtlpJsonWriter.Number(json, "flags"u8, link.Flags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Enum(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong value, IReadOnlyList<string> names, OtlpJsonForm form)
    {
        if (form == OtlpJsonForm.Protobuf && value < (ulong)names.Count)
        {
            json.WriteString(name, names[(int)value]);
        }
        else
        {
            json.WriteNumber(name, (int)value);
        }
    }
}
