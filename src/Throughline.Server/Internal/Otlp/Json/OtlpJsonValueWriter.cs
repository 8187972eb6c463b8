using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>Writes attributes and their values as OTLP's JSON has them.</summary>
internal static class OtlpJsonValueWriter
{
    private const int DigitsMax = 20;

    /// <summary>A KeyValue as an object.</summary>
    public static void Attribute(Utf8JsonWriter json, OtlpAttribute attribute)
    {
        json.WriteStartObject();
        json.WritePropertyName("key"u8);
        Text(json, attribute.Key);
        json.WritePropertyName("value"u8);
        Value(json, attribute.Value);
        json.WriteEndObject();
    }

    /// <summary>An AnyValue as an object. How deep it goes was bounded when it was received.</summary>
    public static void Value(Utf8JsonWriter json, OtlpValue value)
    {
        json.WriteStartObject();
        switch (value.Kind)
        {
            case OtlpValueKind.Text:
                json.WritePropertyName("stringValue"u8);
                Text(json, value.Bytes);
                break;
            case OtlpValueKind.Bool:
                json.WriteBoolean("boolValue"u8, value.Bool);
                break;
            case OtlpValueKind.Int:
                Span<byte> digits = stackalloc byte[DigitsMax];
                Utf8Formatter.TryFormat(value.Int, digits, out var written);
                json.WriteString("intValue"u8, digits[..written]);
                break;
            case OtlpValueKind.Double when double.IsFinite(value.Double):
                json.WriteNumber("doubleValue"u8, value.Double);
                break;
            case OtlpValueKind.Double:
                json.WriteString("doubleValue"u8, value.Double.ToString(CultureInfo.InvariantCulture));
                break;
            case OtlpValueKind.Binary:
                json.WriteBase64String("bytesValue"u8, value.Bytes);
                break;
            case OtlpValueKind.Array:
                Array(json, value);
                break;
            case OtlpValueKind.Map:
                Map(json, value);
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>A text; what is no UTF-8 in it becomes U+FFFD, since JSON has nothing else.</summary>
    public static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            json.WriteStringValue(utf8);
        }
        else
        {
            json.WriteStringValue(Encoding.UTF8.GetString(utf8));
        }
    }

    private static void Array(Utf8JsonWriter json, OtlpValue value)
    {
        json.WriteStartObject("arrayValue"u8);
        json.WriteStartArray("values"u8);
        foreach (var item in value.Items)
        {
            Value(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Map(Utf8JsonWriter json, OtlpValue value)
    {
        json.WriteStartObject("kvlistValue"u8);
        json.WriteStartArray("values"u8);
        foreach (var pair in value.Pairs)
        {
            Attribute(json, pair);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
