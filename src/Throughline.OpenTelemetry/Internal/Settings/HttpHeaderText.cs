using System.Buffers;

namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>What an HTTP header may consist of (RFC 9110, 5.5 and 5.6.2).</summary>
internal static class HttpHeaderText
{
    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameChars);

    public static bool IsValue(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
