using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>The store's segments, oldest first. Readers get an array that does not change.</summary>
internal sealed class SegmentList(long termFilterBytesMax, IndexPool indexes)
{
    private readonly Lock _gate = new();
    private Segment[] _all = [];
    private long _spansDropped;

    public Segment[] All => Volatile.Read(ref _all);

    public long SpansDropped => Interlocked.Read(ref _spansDropped);

    /// <summary>Bytes on disk.</summary>
    public long Length
    {
        get
        {
            long length = 0;
            foreach (var segment in All)
            {
                length += segment.Length;
            }

            return length;
        }
    }

    public void Add(Segment segment)
    {
        lock (_gate)
        {
            Volatile.Write(ref _all, [.. _all, segment]);
        }
    }

    /// <summary>Takes a segment off the list and deletes it.</summary>
    /// <returns>False when it is not there any more.</returns>
    public bool Drop(Segment segment)
    {
        lock (_gate)
        {
            var kept = Array.FindAll(_all, other => other != segment);
            if (kept.Length == _all.Length)
            {
                return false;
            }

            Volatile.Write(ref _all, kept);
        }

        Interlocked.Add(ref _spansDropped, segment.Spans);
        indexes.Forget(segment.Number);
        segment.Drop();
        return true;
    }

    /// <summary>Keeps the filters of attributes of the newest segments only, as many as there is memory for.</summary>
    public void TrimFilters()
    {
        var left = termFilterBytesMax;
        var all = All;
        for (var i = all.Length - 1; i >= 0; i--)
        {
            if (all[i].Terms is { } filter)
            {
                left -= filter.Bits.Length;
                all[i].Terms = left < 0 ? null : filter;
            }
        }
    }

    /// <summary>Loads filters as long as there is memory for them, newest segments first.</summary>
    public void LoadFilters(Func<Segment, BloomFilter?> load)
    {
        var left = termFilterBytesMax;
        var all = All;
        for (var i = all.Length - 1; i >= 0 && left > 0; i--)
        {
            if (all[i].Facts is not null && (all[i].Terms ?? load(all[i])) is { } filter)
            {
                left -= filter.Bits.Length;
                all[i].Terms = left < 0 ? null : filter;
            }
        }
    }
}
