using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat;

/// <summary>Reads spans where a tool wants what no index has: the operations of a service, who calls whom.</summary>
internal sealed class SpanReader(ISpanStore store, TimeProvider time, TimeSpan workMax)
{
    private const int PageSize = 1_000;
    private const int ValuesMax = 10_000;

    /// <summary>The newest spans that fulfil a condition; at most so many, and for so long.</summary>
    public IEnumerable<StoredSpan> Newest(Condition? where, TimeRange range, int max, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        string? cursor = null;
        var read = 0;
        do
        {
            var left = workMax - time.GetElapsedTime(started);
            var page = store.Search(new SearchRequest(where, range, Math.Min(PageSize, max - read), cursor, left), cancellationToken);
            foreach (var span in page.Spans)
            {
                read++;
                yield return span;
            }

            cursor = page.Cursor;
        }
        while (cursor is not null && read < max && time.GetElapsedTime(started) < workMax);
    }

    /// <summary>Of a service.</summary>
    public IEnumerable<StoredSpan> NewestOf(string service, int max, CancellationToken cancellationToken) =>
        Newest(TagConditions.Text(WellKnownField.Service, service), TimeRange.All, max, cancellationToken);

    /// <summary>What a field really is in stored spans where a tool knows it without its case.</summary>
    public IReadOnlyList<string> Spellings(WellKnownField field, string value, CancellationToken cancellationToken) =>
    [
        .. store.Values(new Field(field), TimeRange.All, ValuesMax, cancellationToken)
            .Where(v => v.Equals(value, StringComparison.OrdinalIgnoreCase)),
    ];
}
