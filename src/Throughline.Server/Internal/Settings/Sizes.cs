using System.Globalization;

namespace Throughline.Server.Internal.Settings;

/// <summary>Sizes as people write them: <c>64MiB</c>, <c>20GiB</c>, <c>1048576</c>.</summary>
internal static class Sizes
{
    private static readonly (string Unit, long Bytes)[] Units =
        [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    public const string Allowed = "a size such as 64MiB, 20GiB or 1048576";

    public static bool TryParse(string text, out long bytes)
    {
        foreach (var (unit, factor) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                return TryMultiply(text[..^unit.Length].TrimEnd(), factor, out bytes);
            }
        }

        return TryMultiply(text, 1, out bytes);
    }

    public static string Show(long bytes)
    {
        foreach (var (unit, factor) in Units)
        {
            if (bytes >= factor && bytes % factor == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor}{unit}");
            }
        }

        return "0B";
    }

    private static bool TryMultiply(string number, long factor, out long bytes)
    {
        var isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        var fits = isNumber && value <= long.MaxValue / factor;
        bytes = fits ? value * factor : 0;
        return fits;
    }
}
