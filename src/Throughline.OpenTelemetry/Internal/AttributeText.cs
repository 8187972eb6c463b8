using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>An attribute's value as text, for backends that know only text: primitives plainly, arrays and maps as JSON.</summary>
internal static class AttributeText
{
    private const int DepthMax = 3;

    public static string Of(object? value, int lengthMax = int.MaxValue) => value switch
    {
        null => string.Empty,
        string text => Cut(text, lengthMax),
        bool flag => flag ? "true" : "false",
        byte[] bytes => Convert.ToBase64String(bytes),
        Array or IEnumerable<KeyValuePair<string, object?>> => Json(value, lengthMax),
        _ => Cut(Plain(value), lengthMax),
    };

    /// <summary>At most so many chars, and never half of a surrogate pair.</summary>
    public static string Cut(string text, int lengthMax)
    {
        if (text.Length <= lengthMax)
        {
            return text;
        }

        var length = lengthMax > 0 && char.IsHighSurrogate(text[lengthMax - 1]) ? lengthMax - 1 : lengthMax;
        return text[..length];
    }

    /// <summary>Whatever ToString says; a value whose ToString throws costs itself only, not the batch that it is in.</summary>
    public static string Plain(object value)
    {
        try
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        }
        catch (Exception failure)
        {
            return $"({value.GetType().Name}: {failure.GetType().Name})";
        }
    }

    private static string Json(object value, int lengthMax)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, WireJson.Options))
        {
            WriteItem(writer, value, lengthMax, depth: 0);
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static void WriteItem(Utf8JsonWriter writer, object? item, int lengthMax, int depth)
    {
        switch (item)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(item, CultureInfo.InvariantCulture));
                break;
            case float or double when double.IsFinite(Convert.ToDouble(item, CultureInfo.InvariantCulture)):
                writer.WriteNumberValue(Convert.ToDouble(item, CultureInfo.InvariantCulture));
                break;
            case IEnumerable<KeyValuePair<string, object?>> map when depth < DepthMax:
                writer.WriteStartObject();
                foreach (var (key, value) in map)
                {
                    writer.WritePropertyName(key);
                    WriteItem(writer, value, lengthMax, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case Array array when depth < DepthMax:
                writer.WriteStartArray();
                foreach (var value in array)
                {
                    WriteItem(writer, value, lengthMax, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Cut(Plain(item), lengthMax));
                break;
        }
    }
}
