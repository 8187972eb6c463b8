using System.Text.Json;

namespace Throughline.OpenTelemetry.Internal.Otlp;

/// <summary>One <c>attributes</c> array up to its limit, and the count of what did not fit.</summary>
internal ref struct AttributeList(Utf8JsonWriter json, int countMax, int lengthMax)
{
    private int _count;

    public void Add(in KeyValuePair<string, object?> attribute)
    {
        if (_count++ >= countMax)
        {
            return;
        }

        if (_count == 1)
        {
            json.WriteStartArray("attributes");
        }

        OtlpJsonValueWriter.WriteKeyValue(json, attribute.Key, attribute.Value, lengthMax);
    }

    public readonly void End()
    {
        if (_count > 0 && countMax > 0)
        {
            json.WriteEndArray();
        }

        if (_count > countMax)
        {
            json.WriteNumber("droppedAttributesCount", _count - countMax);
        }
    }
}
