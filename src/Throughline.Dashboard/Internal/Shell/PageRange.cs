using Throughline.Server.Internal;
using Throughline.Server.Internal.Query;

namespace Throughline.Dashboard.Internal.Shell;

/// <summary>The time that a page is about: <c>from</c> and <c>to</c> of its address.</summary>
/// <param name="Time">From and to, Unix nanoseconds; never after now.</param>
/// <param name="From">As written: a time, or a length before now such as <c>-1h</c>.</param>
/// <param name="To">As written; null for now.</param>
internal sealed record PageRange(TimeRange Time, string From, string? To)
{
    private const string Otherwise = "-1h";
    private const long NsPerSecond = 1_000_000_000;

    public static IReadOnlyList<string> Names { get; } = ["from", "to"];

    /// <summary>What the page offers, as lengths before now, with their words.</summary>
    public static IReadOnlyList<(string From, string Words)> Offered { get; } =
    [
        ("-5m", "5 minutes"), ("-15m", "15 minutes"), ("-1h", "1 hour"), ("-6h", "6 hours"), ("-24h", "24 hours"), ("-7d", "7 days"),
        ("-30d", "30 days"),
    ];

    /// <summary>It ends with now, and moves with it.</summary>
    public bool IsLive => To is null;

    public double Seconds => (Time.ToUnixNs - Time.FromUnixNs) / (double)NsPerSecond;

    public static PageRange Read(PageRequest request)
    {
        var now = request.NowUnixNs;
        var toText = request.Text("to") is "now" ? null : request.Text("to");
        if (!TryRead(toText ?? "now", now, out var to))
        {
            request.AddProblem($"to is '{toText}': it takes a time such as 2026-05-04T10:00:00Z, Unix nanoseconds, -15m or now; now is shown.");
            (to, toText) = (now, null);
        }

        var fromText = request.Text("from") ?? Otherwise;
        if (!TryRead(fromText, now, out var from) || from >= to)
        {
            request.AddProblem($"from is '{fromText}': it takes a time before the end, such as 2026-05-04T10:00:00Z, Unix nanoseconds or -1h; one hour is shown.");
            (from, fromText) = (to - (3600 * NsPerSecond), Otherwise);
        }

        return new PageRange(new TimeRange(Math.Max(0, from), Math.Min(to, now)), fromText, toText);
    }

    /// <summary>A time as addresses have it.</summary>
    public static bool TryRead(string text, long now, out long unixNs)
    {
        if (text == "now")
        {
            unixNs = now;
            return true;
        }

        if (text[0] == '-' && DurationText.TryParse(text, out var ago) && Math.Abs(ago) < now)
        {
            unixNs = now + (long)ago;
            return true;
        }

        return long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out unixNs)
            || UnixTime.TryParse(text, out unixNs);
    }
}
