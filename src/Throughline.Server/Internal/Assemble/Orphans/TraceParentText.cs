using System.Buffers;

namespace Throughline.Server.Internal.Assemble.Orphans;

/// <summary>Whether a captured <c>traceparent</c> header is one that a client would take, by W3C's grammar.</summary>
internal static class TraceParentText
{
    private const int Length = 55;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length >= Length
        && IsHex(text[..2]) && text[..2] is not "ff" && (text.Length == Length || (text[..2] is not "00" && text[Length] == '-'))
        && text[2] == '-' && IsId(text[3..35])
        && text[35] == '-' && IsId(text[36..52])
        && text[52] == '-' && IsHex(text[53..55]);

    private static bool IsId(ReadOnlySpan<char> text) => IsHex(text) && text.ContainsAnyExcept('0');

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexDigits);
}
