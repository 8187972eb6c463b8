using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>OTLP's values as the JSON that they stand for, without OTLP's wrapping.</summary>
internal static class PlainJson
{
    /// <summary>As an object. A name that comes twice counts the first time.</summary>
    public static void Attributes(Utf8JsonWriter json, OtlpAttributes attributes)
    {
        json.WriteStartObject();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            var name = Encoding.UTF8.GetString(attribute.Key);
            if (seen.Add(name))
            {
                json.WritePropertyName(name);
                Value(json, attribute.Value);
            }
        }

        json.WriteEndObject();
    }

    public static void Value(Utf8JsonWriter json, OtlpValue value)
    {
        switch (value.Kind)
        {
            case OtlpValueKind.Text:
                json.WriteStringValue(Encoding.UTF8.GetString(value.Bytes));
                break;
            case OtlpValueKind.Bool:
                json.WriteBooleanValue(value.Bool);
                break;
            case OtlpValueKind.Int:
                json.WriteNumberValue(value.Int);
                break;
            case OtlpValueKind.Double when double.IsFinite(value.Double):
                json.WriteNumberValue(value.Double);
                break;
            case OtlpValueKind.Double:
                json.WriteStringValue(value.ToText());
                break;
            case OtlpValueKind.Binary:
                json.WriteBase64StringValue(value.Bytes);
                break;
            case OtlpValueKind.Map:
                Attributes(json, value.Pairs);
                break;
            case OtlpValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.Items)
                {
                    Value(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
