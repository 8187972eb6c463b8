namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>A variable's value as it may be shown: one line, bounded, without credentials.</summary>
internal static class SettingText
{
    private const int ShownCharsMax = 120;

    public static string Show(string value)
    {
        var shown = WithoutCredentials(value);
        if (shown.Length > ShownCharsMax)
        {
            shown = shown[..ShownCharsMax] + "…";
        }

        return string.Create(shown.Length, shown, static (line, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                line[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
    }

    /// <summary>Drops what may be secret in an address: the user's part, and a query (where API keys travel).</summary>
    private static string WithoutCredentials(string value)
    {
        var authority = value.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return value;
        }

        var query = value.IndexOf('?', authority);
        if (query >= 0)
        {
            value = value[..query] + "?…";
        }

        var user = value.LastIndexOf('@');
        return user < 0 ? value : value[..(authority + 3)] + "…" + value[user..];
    }
}
