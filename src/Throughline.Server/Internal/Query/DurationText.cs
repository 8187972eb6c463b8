using System.Buffers;
using System.Globalization;

namespace Throughline.Server.Internal.Query;

/// <summary>Durations as people and Go write them: <c>500ms</c>, <c>1.5s</c>, <c>1h30m</c>. In nanoseconds.</summary>
internal static class DurationText
{
    public const string Units = "ns, us, ms, s, m, h, d";

    private const int PartsMax = 8;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static bool TryParse(ReadOnlySpan<char> text, out double nanoseconds)
    {
        nanoseconds = 0;
        var isNegative = text is ['-', ..];
        var rest = isNegative ? text[1..] : text;
        if (rest.IsEmpty)
        {
            return false;
        }

        for (var part = 0; !rest.IsEmpty; part++)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0
                || part == PartsMax
                || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                return false;
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAny(Digits);
            var unit = letters < 0 ? rest : rest[..letters];
            if (UnitNs(unit) is not { } unitNs)
            {
                return false;
            }

            nanoseconds += count * unitNs;
            rest = rest[unit.Length..];
        }

        nanoseconds = isNegative ? -nanoseconds : nanoseconds;
        return double.IsFinite(nanoseconds);
    }

    /// <summary>In the largest unit that leaves a whole number.</summary>
    public static string Format(long nanoseconds)
    {
        foreach (var (unit, unitNs) in (ReadOnlySpan<(string, long)>)
                 [("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000)])
        {
            if (nanoseconds != 0 && nanoseconds % unitNs == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / unitNs}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds}ns");
    }

    private static double? UnitNs(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "m" => 60e9,
        "h" => 3600e9,
        "d" => 86400e9,
        _ => null,
    };
}
