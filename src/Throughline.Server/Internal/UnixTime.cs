using System.Globalization;

namespace Throughline.Server.Internal;

/// <summary>Times in nanoseconds since 1970, and as RFC 3339 writes them.</summary>
internal static class UnixTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static long Of(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    /// <summary>With all nine digits of its nanoseconds: <c>2026-11-21T18:30:00.123456789Z</c>.</summary>
    public static string Rfc3339(long unixNs)
    {
        var seconds = Math.DivRem(Math.Max(0, unixNs), NanosecondsPerSecond, out var nanoseconds);
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss}.{nanoseconds:d9}Z");
    }

    /// <summary>RFC 3339, with as many digits as there are: those behind the ninth do not count.</summary>
    public static bool TryParse(string text, out long unixNs)
    {
        unixNs = 0;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var end = dot < 0 ? dot : text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9');
        var digits = dot < 0 ? "" : text[(dot + 1)..(end < 0 ? text.Length : dot + 1 + end)];
        var whole = dot < 0 ? text : text.Remove(dot, digits.Length + 1);
        if ((dot >= 0 && digits.Length == 0)
            || text.Length < "2026-01-01T00:00:00Z".Length
            || char.ToUpperInvariant(text[10]) != 'T'
            || !(text[^1] is 'Z' or 'z' || text.AsSpan(19).ContainsAny('+', '-'))
            || !DateTimeOffset.TryParse(whole, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            || time < DateTimeOffset.UnixEpoch
            || time.Year > 2261)
        {
            return false;
        }

        var nanoseconds = long.Parse(digits.PadRight(9, '0').AsSpan(0, 9), NumberStyles.None, CultureInfo.InvariantCulture);
        unixNs = Of(time) + nanoseconds;
        return true;
    }
}
