using System.Globalization;
using System.Text.Json;

namespace Throughline.OpenTelemetry.Internal.Otlp;

/// <summary>Attributes as OTLP's KeyValue and AnyValue in JSON. The types are those that the SDK's protobuf writer tells apart.</summary>
internal static class OtlpJsonValueWriter
{
    private const int DepthMax = 3;

    public static void WriteKeyValue(Utf8JsonWriter json, string key, object? value, int lengthMax)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WritePropertyName("value");
        WriteValue(json, value, lengthMax, depth: 0);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value, int lengthMax, int depth)
    {
        json.WriteStartObject();
        switch (value)
        {
            case null:
                break;
            case string text:
                json.WriteString("stringValue", AttributeText.Cut(text, lengthMax));
                break;
            case bool flag:
                json.WriteBoolean("boolValue", flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteString("intValue", Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
                break;
            case float or double:
                WriteDouble(json, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteBase64String("bytesValue", bytes);
                break;
            case IEnumerable<KeyValuePair<string, object?>> map when depth < DepthMax:
                WriteMap(json, map, lengthMax, depth);
                break;
            case Array array when depth < DepthMax:
                WriteArray(json, array, lengthMax, depth);
                break;
            default:
                json.WriteString("stringValue", AttributeText.Cut(AttributeText.Plain(value), lengthMax));
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>JSON has no number for these three; protobuf's JSON mapping writes their names.</summary>
    private static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber("doubleValue", value);
        }
        else
        {
            json.WriteString("doubleValue", double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    private static void WriteArray(Utf8JsonWriter json, Array array, int lengthMax, int depth)
    {
        json.WriteStartObject("arrayValue");
        json.WriteStartArray("values");
        foreach (var item in array)
        {
            WriteValue(json, item, lengthMax, depth + 1);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> map, int lengthMax, int depth)
    {
        json.WriteStartObject("kvlistValue");
        json.WriteStartArray("values");
        foreach (var (key, value) in map)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WritePropertyName("value");
            WriteValue(json, value, lengthMax, depth + 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
