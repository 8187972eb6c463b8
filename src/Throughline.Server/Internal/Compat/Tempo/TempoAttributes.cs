using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Otlp.Json;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Tempo;

/// <summary>Of a span that matched, the attributes that the query asked about.</summary>
internal sealed class TempoAttributes(Condition? where)
{
    private readonly Field[] _fields = [.. Fields(where).Distinct()];

    public void Write(Utf8JsonWriter json, StoredSpan span)
    {
        var isOpen = false;
        foreach (var field in _fields)
        {
            var text = field.Known switch
            {
                WellKnownField.Status => ("status", MessagingView.Lower(span.Facts.Status)),
                WellKnownField.Kind => ("kind", MessagingView.Lower(span.Facts.Kind)),
                WellKnownField.Service => ("service.name", span.Facts.Source.Service),
                _ => default((string Name, string Value)?),
            };
            if (text is { } known)
            {
                Open(json, ref isOpen);
                WriteText(json, known.Item1, known.Item2);
            }
            else if (field.Attribute is { } name)
            {
                WriteAttribute(json, span, field, name, ref isOpen);
            }
        }

        if (isOpen)
        {
            json.WriteEndArray();
        }
    }

    private static IEnumerable<Field> Fields(Condition? condition) => condition switch
    {
        Condition.Compare compare => [compare.Field],
        Condition.And each => each.All.SelectMany(Fields),
        Condition.Or either => either.Any.SelectMany(Fields),
        Condition.Not opposite => Fields(opposite.Inner),
        _ => [],
    };

    private static void WriteAttribute(Utf8JsonWriter json, StoredSpan span, Field field, string name, ref bool isOpen)
    {
        var key = Encoding.UTF8.GetBytes(name);
        if (field.Scope != AttributeScope.Resource && TryWrite(json, OtlpSpan.Attributes(span.Body.Span), key, ref isOpen))
        {
            return;
        }

        if (field.Scope != AttributeScope.Span)
        {
            TryWrite(json, OtlpSpan.ResourceAttributes(span.Facts.Source.ResourceBytes.Span), key, ref isOpen);
        }
    }

    private static bool TryWrite(Utf8JsonWriter json, OtlpAttributes attributes, ReadOnlySpan<byte> key, ref bool isOpen)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Key.SequenceEqual(key))
            {
                Open(json, ref isOpen);
                OtlpJsonValueWriter.Attribute(json, attribute);
                return true;
            }
        }

        return false;
    }

    private static void Open(Utf8JsonWriter json, ref bool isOpen)
    {
        if (!isOpen)
        {
            json.WriteStartArray("attributes"u8);
            isOpen = true;
        }
    }

    private static void WriteText(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteStartObject("value"u8);
        json.WriteString("stringValue"u8, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
