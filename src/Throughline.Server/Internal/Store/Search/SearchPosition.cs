using System.Globalization;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Search;

/// <summary>
/// A place in the order of search results: by start, latest first, then by ids; so that it is the same place wherever the
/// span is kept by the time of the next page. Lesser is earlier in the results.
/// </summary>
internal readonly record struct SearchPosition(long StartUnixNs, TraceId TraceId, ulong SpanId)
{
    private const int Parts = 4;

    public static IComparer<SearchPosition> Order { get; } =
        Comparer<SearchPosition>.Create(Compare);

    /// <summary>Before the first result.</summary>
    public static SearchPosition First => BeforeAllAt(long.MaxValue);

    /// <summary>Before every span with this start.</summary>
    public static SearchPosition BeforeAllAt(long startUnixNs) => new(startUnixNs, default, 0);

    public static SearchPosition Of(SpanFacts span) => new(span.StartUnixNs, span.TraceId, span.SpanId);

    public bool IsAfter(SearchPosition other) => Compare(this, other) > 0;

    /// <exception cref="ArgumentException">It is no cursor of a search.</exception>
    public static SearchPosition Parse(string cursor)
    {
        var parts = cursor.Split('-');
        return parts.Length == Parts
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && TryParseHex(parts[1], out var high)
            && TryParseHex(parts[2], out var low)
            && TryParseHex(parts[3], out var span)
            ? new SearchPosition(start, new TraceId(high, low), span)
            : throw new ArgumentException($"'{cursor}' is no cursor of a search: pass on what the page before gave.", nameof(cursor));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{StartUnixNs}-{TraceId.High:x}-{TraceId.Low:x}-{SpanId:x}");

    private static int Compare(SearchPosition one, SearchPosition other)
    {
        var order = other.StartUnixNs.CompareTo(one.StartUnixNs);
        order = order != 0 ? order : one.TraceId.High.CompareTo(other.TraceId.High);
        order = order != 0 ? order : one.TraceId.Low.CompareTo(other.TraceId.Low);
        return order != 0 ? order : one.SpanId.CompareTo(other.SpanId);
    }

    private static bool TryParseHex(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
