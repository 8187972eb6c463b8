using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>Some spans of a time.</summary>
/// <param name="Spans">In no order.</param>
/// <param name="IsAll">There are no others.</param>
internal sealed record SpanSample(IReadOnlyList<StoredSpan> Spans, bool IsAll)
{
    private const int Slices = 8;

    /// <summary>
    /// 1. The newest, where these are all. 2. Else the newest of each eighth of the time: what is newest alone would say more
    /// of the last seconds than of the time. 3. What some eighths have too few for, those that have more give.
    /// </summary>
    public static SpanSample Read(
        ISpanStore store, Condition? where, TimeRange range, int max, TimeSpan workMax, CancellationToken cancellationToken)
    {
        // 1. All, where they are few
        var newest = store.Search(new SearchRequest(where, range, max, null, workMax / 4), cancellationToken);
        if (newest.Cursor is null)
        {
            return new SpanSample(newest.Spans, IsAll: true);
        }

        // 2. A few of each slice
        var spans = new List<StoredSpan>();
        var more = new List<(TimeRange Slice, string Cursor)>();
        foreach (var slice in SlicesOf(range))
        {
            Take(slice, max / Slices, null);
        }

        // 3. The rest from where there are more
        var (left, open) = (max - spans.Count, more.ToArray());
        foreach (var (slice, cursor) in left > open.Length ? open : [])
        {
            Take(slice, left / open.Length, cursor);
        }

        return new SpanSample(spans, IsAll: false);

        void Take(TimeRange slice, int limit, string? cursor)
        {
            var page = store.Search(new SearchRequest(where, slice, limit, cursor, workMax / (2 * Slices)), cancellationToken);
            spans.AddRange(page.Spans);
            if (page.Cursor is { } next)
            {
                more.Add((slice, next));
            }
        }
    }

    private static IEnumerable<TimeRange> SlicesOf(TimeRange range)
    {
        var length = (range.ToUnixNs - range.FromUnixNs) / Slices;
        for (var i = 0; i < Slices; i++)
        {
            var from = range.FromUnixNs + (i * length);
            yield return new TimeRange(from, i == Slices - 1 ? range.ToUnixNs : from + length);
        }
    }
}
