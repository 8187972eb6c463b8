using System.Text.Json;
using Throughline.Server.Internal.Ingest;

namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>
/// Reads OTLP's JSON by writing the protobuf that says the same: everything behind this knows one form. Unknown fields are
/// stepped over; what is known and cannot be read is refused with its name, its value and what is allowed.
/// </summary>
internal static class OtlpJsonReader
{
    // An OTLP map within a map is four levels of JSON; and the request has some before its first attribute.
    private const int DepthMax = (4 * OtlpCheck.DepthMax) + 24;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Writes a request as protobuf. The caller disposes of the writer, which holds it.</summary>
    /// <exception cref="MalformedOtlpException">It is no JSON, or not this request.</exception>
    public static ProtoWriter Read(SignalKind kind, ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(ByteOrderMark))
        {
            json = json[ByteOrderMark.Length..];
        }

        var writer = new ProtoWriter(Math.Max(json.Length / 2, 1));
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new MalformedOtlpException($"the request's JSON has to be an object, and is {Told(reader.TokenType)}");
            }

            ReadMessage(ref reader, JsonMessages.Of(kind), writer);
            if (reader.Read())
            {
                throw new MalformedOtlpException("there is something behind the request's JSON object");
            }

            return writer;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            writer.Dispose();
            // Invalid UTF-8 and lone surrogates are told by the second kind.
            throw new MalformedOtlpException($"this is no JSON: {e.Message}");
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static void ReadMessage(ref Utf8JsonReader reader, IReadOnlyList<JsonField> fields, ProtoWriter writer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Find(ref reader, fields);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    ReadField(ref reader, field, writer);
                }
            }
            else
            {
                ReadField(ref reader, field, writer);
            }
        }
    }

    private static void ReadField(ref Utf8JsonReader reader, JsonField field, ProtoWriter writer)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (field.Kind != JsonFieldKind.Message)
        {
            JsonScalar.Read(ref reader, field, writer);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedOtlpException(
                $"{field} at byte {reader.TokenStartIndex} of the JSON has to be an object, and is {Told(reader.TokenType)}");
        }

        var begun = writer.Begin(field.Tag);
        ReadMessage(ref reader, field.Fields!(), writer);
        writer.End(begun);
    }

    private static JsonField? Find(ref Utf8JsonReader reader, IReadOnlyList<JsonField> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (reader.ValueTextEquals(fields[i].Name))
            {
                return fields[i];
            }
        }

        return null;
    }

    internal static string Told(JsonTokenType token) => token switch
    {
        JsonTokenType.None => "empty",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth",
        _ => token.ToString(),
    };
}
