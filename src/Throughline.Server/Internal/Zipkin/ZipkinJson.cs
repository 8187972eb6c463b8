using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Zipkin;

/// <summary>Steps that reading Zipkin's JSON is made of.</summary>
internal static class ZipkinJson
{
    private const int ShownMax = 40;

    /// <summary>True at the property of this name; the reader is at its value then.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>From a property's name to the end of its value.</summary>
    public static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <exception cref="MalformedOtlpException">The value is no text.</exception>
    public static string Text(ref Utf8JsonReader reader, string name) => reader.TokenType == JsonTokenType.String
        ? reader.GetString()!
        : throw new MalformedOtlpException(
            $"{name} at byte {reader.TokenStartIndex} of the JSON has to be a string, and is {Shown(ref reader)}");

    /// <summary>Microseconds.</summary>
    /// <exception cref="MalformedOtlpException">The value is no whole number, or negative.</exception>
    public static long Whole(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        // Some clients write microseconds with a fraction.
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && number is >= 0 and < long.MaxValue
            ? reader.TryGetInt64(out var whole) ? whole : (long)number
            : throw new MalformedOtlpException(
                $"{name} at byte {reader.TokenStartIndex} of the JSON has to be a number of microseconds, and is {Shown(ref reader)}");
    }

    /// <summary>The text of this name in the object that the reader is at; reads to the object's end.</summary>
    public static string? TextWithin(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        string? found = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, name))
            {
                found = reader.TokenType == JsonTokenType.String ? reader.GetString() : found;
                reader.Skip();
            }
            else
            {
                SkipValue(ref reader);
            }
        }

        return found;
    }

    public static string Shown(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            return reader.TokenType.ToString();
        }

        var value = reader.ValueSpan;
        return $"\"{Encoding.UTF8.GetString(value[..Math.Min(value.Length, ShownMax)])}{(value.Length > ShownMax ? "…" : "")}\"";
    }
}
