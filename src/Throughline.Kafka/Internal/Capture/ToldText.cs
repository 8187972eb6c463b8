using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Throughline.Kafka.Internal.Capture;

/// <summary>Text as it may stand on a span: within a limit, of whole characters, and never bytes that only look like text.</summary>
internal static class ToldText
{
    private const string Ellipsis = "…";

    // Serialised numbers and lengths are full of these; text has none of them.
    private static readonly SearchValues<byte> Binary = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (byte)code).Except("\t\n\r"u8.ToArray()), 0x7F]);

    /// <summary>The text that bytes are; <see langword="null"/> where they are none.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="bytesMax">Where reading stops at the latest.</param>
    internal static string? Read(ReadOnlySpan<byte> utf8, int bytesMax)
    {
        if (utf8.Length > bytesMax)
        {
            // Not within a character.
            while (bytesMax > 0 && (utf8[bytesMax] & 0xC0) == 0x80)
            {
                bytesMax--;
            }

            utf8 = utf8[..bytesMax];
        }

        return utf8.IndexOfAny(Binary) < 0 && Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : null;
    }

    /// <summary>As much of a text as reading stops at.</summary>
    internal static string Read(string text, int charsMax) => text.Length <= charsMax
        ? text
        : text[..(char.IsHighSurrogate(text[charsMax - 1]) ? charsMax - 1 : charsMax)];

    /// <summary>The text where it has up to <paramref name="bytesMax"/> bytes in UTF-8; else its beginning and an ellipsis, together as long.</summary>
    internal static string Cut(string text, int bytesMax)
    {
        if (text.Length * 3L <= bytesMax || Encoding.UTF8.GetByteCount(text) <= bytesMax)
        {
            return text;
        }

        var room = bytesMax - Encoding.UTF8.GetByteCount(Ellipsis);
        var chars = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            chars += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, chars), Ellipsis);
    }
}
