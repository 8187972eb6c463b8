using System.Globalization;
using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Compat.Jaeger;

/// <summary>Attributes as Jaeger's typed tags.</summary>
internal static class JaegerTags
{
    /// <summary>The largest whole number that JavaScript has; larger ones are written as texts.</summary>
    private const long JavaScriptMax = 9_007_199_254_740_991;

    public static void Text(Utf8JsonWriter json, string key, string value)
    {
        Begin(json, key, "string");
        json.WriteString("value"u8, value);
        json.WriteEndObject();
    }

    public static void True(Utf8JsonWriter json, string key)
    {
        Begin(json, key, "bool");
        json.WriteBoolean("value"u8, true);
        json.WriteEndObject();
    }

    public static void Attribute(Utf8JsonWriter json, string key, OtlpValue value)
    {
        switch (value.Kind)
        {
            case OtlpValueKind.Bool:
                Begin(json, key, "bool");
                json.WriteBoolean("value"u8, value.Bool);
                break;
            case OtlpValueKind.Int when value.Int is >= -JavaScriptMax and <= JavaScriptMax:
                Begin(json, key, "int64");
                json.WriteNumber("value"u8, value.Int);
                break;
            case OtlpValueKind.Int:
                Begin(json, key, "int64");
                json.WriteString("value"u8, value.Int.ToString(CultureInfo.InvariantCulture));
                break;
            case OtlpValueKind.Double when double.IsFinite(value.Double):
                Begin(json, key, "float64");
                json.WriteNumber("value"u8, value.Double);
                break;
            case OtlpValueKind.Binary:
                Begin(json, key, "binary");
                json.WriteBase64String("value"u8, value.Bytes);
                break;
            default:
                Begin(json, key, "string");
                json.WriteString("value"u8, TextOf(value));
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>A value as one text: arrays and maps as JSON.</summary>
    public static string TextOf(OtlpValue value)
    {
        if (value.Kind is not (OtlpValueKind.Array or OtlpValueKind.Map))
        {
            return value.ToText() ?? "";
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            PlainJson.Value(json, value);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Begin(Utf8JsonWriter json, string key, string type)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteString("type"u8, type);
    }
}
