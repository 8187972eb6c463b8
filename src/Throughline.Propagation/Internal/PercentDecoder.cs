using System.Buffers;
using System.Text;

namespace Throughline.Propagation.Internal;

/// <summary>Undoes percent-encoding; what is not UTF-8, and a percent sign that starts no escape, becomes U+FFFD.</summary>
internal static class PercentDecoder
{
    private const int OnStackMax = 64;
    private const int EscapeLength = 3;

    // A stray percent sign grows from one byte to the replacement character's three.
    private const int GrowthMax = 3;

    public static string Decode(ReadOnlySpan<byte> value)
    {
        if (!value.Contains((byte)'%'))
        {
            return Encoding.UTF8.GetString(value);
        }

        byte[]? rented = value.Length > OnStackMax ? ArrayPool<byte>.Shared.Rent(value.Length * GrowthMax) : null;
        Span<byte> decoded = rented ?? stackalloc byte[OnStackMax * GrowthMax];
        string text = Encoding.UTF8.GetString(decoded[..Decode(value, decoded)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return text;
    }

    private static int Decode(ReadOnlySpan<byte> value, Span<byte> decoded)
    {
        int length = 0;
        for (int at = 0; at < value.Length;)
        {
            if (value[at] != '%')
            {
                decoded[length++] = value[at++];
            }
            else if (TryReadEscape(value[at..], out decoded[length]))
            {
                length++;
                at += EscapeLength;
            }
            else
            {
                "\uFFFD"u8.CopyTo(decoded[length..]);
                length += "\uFFFD"u8.Length;
                at++;
            }
        }

        return length;
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < EscapeLength || !char.IsAsciiHexDigit((char)text[1]) || !char.IsAsciiHexDigit((char)text[2]))
        {
            return false;
        }

        value = (byte)((Digit(text[1]) << 4) | Digit(text[2]));
        return true;
    }

    // Escapes may be in either case. Of a letter the low four bits count from 1, in both cases.
    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex & 0xF) + 9;
}
