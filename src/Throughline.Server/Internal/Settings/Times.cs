using System.Globalization;

namespace Throughline.Server.Internal.Settings;

/// <summary>Times as people write them: <c>7d</c>, <c>12h</c>, <c>90s</c>, <c>500ms</c>.</summary>
internal static class Times
{
    private static readonly (string Unit, TimeSpan One)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
    ];

    public const string Allowed = "a time such as 7d, 12h, 15m, 90s or 500ms";

    public static bool TryParse(string text, out TimeSpan time)
    {
        time = default;
        foreach (var (unit, one) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal))
            {
                var isNumber = int.TryParse(
                    text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count);
                time = isNumber ? one * count : default;
                return isNumber;
            }
        }

        return false;
    }

    public static string Show(TimeSpan time)
    {
        foreach (var (unit, one) in Units.OrderByDescending(unit => unit.One))
        {
            if (time >= one && time.Ticks % one.Ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / one.Ticks}{unit}");
            }
        }

        return "0s";
    }
}
