using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Kill;

/// <summary>How often a store has each span: all of it is read, once. To look up a million traces one by one takes an hour.</summary>
internal sealed class StoredSpans
{
    // Spans of some seconds are held at a time, not all.
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WorkMax = TimeSpan.FromMinutes(5);

    private readonly Dictionary<SpanIdentity, int> _times = [];

    /// <summary>Spans, those that are there twice counted twice.</summary>
    public long Count { get; private set; }

    /// <summary>Reads the spans that started between two times.</summary>
    /// <exception cref="InvalidOperationException">A slice took too long.</exception>
    public static StoredSpans Read(ISpanStore store, DateTimeOffset from, DateTimeOffset to)
    {
        var read = new StoredSpans();
        for (var at = from; at < to; at += Slice)
        {
            // Without cursors: of two spans that are the same, one may be on a page and the other nowhere.
            var range = new TimeRange(UnixNs(at), UnixNs(at + Slice));
            var page = store.Search(new SearchRequest(null, range, int.MaxValue, null, WorkMax), CancellationToken.None);
            if (page.IsCutShort)
            {
                throw new InvalidOperationException($"The spans of {Slice} could not be read in {WorkMax}.");
            }

            foreach (var span in page.Spans)
            {
                read.Add(span.Facts.Identity);
            }
        }

        return read;
    }

    public int Times(SpanIdentity span) => _times.GetValueOrDefault(span);

    private void Add(SpanIdentity span)
    {
        _times[span] = Times(span) + 1;
        Count++;
    }

    private static long UnixNs(DateTimeOffset time) => time.ToUnixTimeMilliseconds() * 1_000_000;
}
