using System.Buffers;

namespace Throughline.Propagation.Internal;

/// <summary>The characters of a baggage header: https://www.w3.org/TR/baggage/#definition</summary>
internal static class BaggageGrammar
{
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string TokenCharacters = Alphanumeric + "!#$%&'*+-.^_`|~";

    // Of baggage-octet, % starts an escape, + is a space to Python, and = ends a key to naive readers: those are
    // escaped, so that everybody reads the same value.
    private const string PlainCharacters = Alphanumeric + "!#$&'()*-./:<>?@[]^_`{|}~";

    /// <summary>What a key consists of.</summary>
    public static readonly SearchValues<char> KeyText = SearchValues.Create(TokenCharacters);

    /// <summary>What a key consists of.</summary>
    public static readonly SearchValues<byte> KeyBytes = SearchValues.Create([.. TokenCharacters.Select(c => (byte)c)]);

    /// <summary>What is written as it stands in a value.</summary>
    public static readonly SearchValues<char> PlainText = SearchValues.Create(PlainCharacters);

    /// <summary>A slice without spaces and tabs around it.</summary>
    public static ReadOnlySpan<byte> TrimWhiteSpace(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && IsWhiteSpace(text[0]))
        {
            text = text[1..];
        }

        while (!text.IsEmpty && IsWhiteSpace(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool IsWhiteSpace(byte character) => character is (byte)' ' or (byte)'\t';
}
