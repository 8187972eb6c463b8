using System.Text.Json;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>A step each over JSON whose shape is known; any other shape is a <see cref="JsonException"/>.</summary>
internal static class StatisticsJson
{
    internal static void ReadObjectStart(this ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An object was expected.");
        }
    }

    /// <returns><see langword="false"/> at the object's end; else the reader stands on a field's name.</returns>
    internal static bool ReadField(this ref Utf8JsonReader json) =>
        json.Read() ? json.TokenType == JsonTokenType.PropertyName : throw new JsonException("It breaks off.");

    internal static long ReadNumber(this ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var value)
            ? value
            : throw new JsonException("A whole number was expected.");

    internal static void ReadEnd(this ref Utf8JsonReader json)
    {
        if (json.Read())
        {
            throw new JsonException("Something follows.");
        }
    }
}
