namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary><c>key1=value1,key2=value2</c> with percent-encoded parts, as resource attributes and headers are given.</summary>
internal static class KeyValueList
{
    /// <summary>Splits into pairs; what is not a pair is returned by its place in the list, counted from 1.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string list, out IReadOnlyList<int> malformed)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        var wrong = new List<int>();
        var place = 0;
        foreach (var member in list.Split(','))
        {
            place++;
            if (string.IsNullOrWhiteSpace(member))
            {
                continue;
            }

            var equals = member.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? string.Empty : member[..equals].Trim();
            if (key.Length == 0 || !TryDecode(key, out var name) || !TryDecode(member[(equals + 1)..].Trim(), out var value))
            {
                wrong.Add(place);
            }
            else
            {
                pairs.Add(new(name, value));
            }
        }

        malformed = wrong;
        return pairs;
    }

    /// <summary>Unlike a form's encoding, a plus stays a plus; and a percent sign without two hex digits is an error.</summary>
    private static bool TryDecode(string text, out string decoded)
    {
        decoded = text;
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }
        }

        decoded = Uri.UnescapeDataString(text);
        return true;
    }
}
