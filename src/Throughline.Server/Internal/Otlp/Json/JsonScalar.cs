using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>Reads a single value of OTLP's JSON and writes it as protobuf.</summary>
internal static class JsonScalar
{
    private const int ShownMax = 40;

    /// <exception cref="MalformedOtlpException">The value is not what the field has.</exception>
    public static void Read(ref Utf8JsonReader reader, JsonField field, ProtoWriter writer)
    {
        switch (field.Kind)
        {
            case JsonFieldKind.Text:
                Expect(ref reader, field, reader.TokenType == JsonTokenType.String, "a string");
                WriteText(ref reader, field, writer);
                break;
            case JsonFieldKind.Hex:
                WriteId(ref reader, field, writer);
                break;
            case JsonFieldKind.Base64:
                byte[]? bytes = null;
                Expect(
                    ref reader, field,
                    reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out bytes), "bytes in base64");
                writer.Bytes(field.Tag, bytes);
                break;
            case JsonFieldKind.Bool:
                Expect(ref reader, field, reader.TokenType is JsonTokenType.True or JsonTokenType.False, "true or false");
                writer.Varint(field.Tag, reader.TokenType == JsonTokenType.True ? 1u : 0);
                break;
            case JsonFieldKind.Enum:
                writer.Varint(field.Tag, (ulong)Enum(ref reader, field));
                break;
            case JsonFieldKind.Varint:
                writer.Varint(field.Tag, Whole(ref reader, field));
                break;
            case JsonFieldKind.Fixed64:
                writer.Fixed64(field.Tag, Whole(ref reader, field));
                break;
            case JsonFieldKind.Fixed32:
                writer.Fixed32(field.Tag, (uint)Whole(ref reader, field));
                break;
            case JsonFieldKind.Double:
                writer.Fixed64(field.Tag, BitConverter.DoubleToUInt64Bits(Number(ref reader, field)));
                break;
        }
    }

    private static void WriteText(ref Utf8JsonReader reader, JsonField field, ProtoWriter writer)
    {
        if (!reader.ValueIsEscaped)
        {
            writer.Bytes(field.Tag, reader.ValueSpan);
            return;
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            writer.Bytes(field.Tag, unescaped.AsSpan(0, reader.CopyString(unescaped)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
        }
    }

    private static void WriteId(ref Utf8JsonReader reader, JsonField field, ProtoWriter writer)
    {
        const int SizeMax = 64;
        Span<byte> id = stackalloc byte[SizeMax];
        var digits = reader.TokenType == JsonTokenType.String ? reader.ValueSpan : default;
        if (reader.TokenType == JsonTokenType.String && digits.Length <= 2 * SizeMax
            && Convert.FromHexString(digits, id, out _, out var written) == OperationStatus.Done)
        {
            writer.Bytes(field.Tag, id[..written]);
            return;
        }

        var cause = IsBase64(digits, field.Size)
            ? "it is base64, as protobuf's JSON has it, and OTLP's JSON does not"
            : $"it is {Shown(ref reader)}";
        throw new MalformedOtlpException(
            $"{field} at byte {reader.TokenStartIndex} of the JSON has to be {2 * field.Size} hex digits, and {cause}");
    }

    private static bool IsBase64(ReadOnlySpan<byte> digits, int size)
    {
        const int SizeMax = 16;
        Span<byte> bytes = stackalloc byte[SizeMax + 2];
        return digits.Length == (size + 2) / 3 * 4
            && System.Buffers.Text.Base64.DecodeFromUtf8(digits, bytes, out _, out var written) == OperationStatus.Done
            && written == size;
    }

    private static int Enum(ref Utf8JsonReader reader, JsonField field)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            return number;
        }

        for (var i = 0; reader.TokenType == JsonTokenType.String && i < field.Names.Count; i++)
        {
            if (reader.ValueTextEquals(field.Names[i]))
            {
                return i;
            }
        }

        Expect(ref reader, field, false, $"a number from 0 to {field.Names.Count - 1}, or a name such as {field.Names[^1]}");
        return 0;
    }

    // Signed and unsigned alike: the bits are what protobuf wants.
    private static ulong Whole(ref Utf8JsonReader reader, JsonField field)
    {
        var text = reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? reader.ValueSpan : default;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned))
        {
            return unsigned;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed))
        {
            return (ulong)signed;
        }

        // 1e3 and 5.0 are whole numbers to JSON.
        var isWhole = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < long.MaxValue && Math.Floor(number) == number;
        Expect(ref reader, field, isWhole, "a whole number of 64 bits, as a number or a string");
        return (ulong)(long)number;
    }

    private static double Number(ref Utf8JsonReader reader, JsonField field)
    {
        double number = 0;
        var isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out number),
            JsonTokenType.String => double.TryParse(
                reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        Expect(ref reader, field, isNumber, "a number, or one of the strings NaN, Infinity and -Infinity");
        return number;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonField field, bool isSo, string what)
    {
        if (!isSo)
        {
            throw new MalformedOtlpException(
                $"{field} at byte {reader.TokenStartIndex} of the JSON has to be {what}, and is {Shown(ref reader)}");
        }
    }

    private static string Shown(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            return OtlpJsonReader.Told(reader.TokenType);
        }

        var text = Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, ShownMax)]);
        return $"\"{text}{(reader.ValueSpan.Length > ShownMax ? "…" : "")}\"";
    }
}
