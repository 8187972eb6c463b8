using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>Begins segments, and makes room for them by dropping the oldest.</summary>
internal sealed class SegmentMaker(SegmentStoreOptions options, IDurableFiles files, TimeProvider time, SegmentList segments)
{
    // Traces are fewer than spans; a filter that is fuller than this is only less sharp.
    private const int RowsPerTrace = 4;

    /// <summary>Retention by size: the oldest go when the limit is reached, not at the next time that somebody looks.</summary>
    /// <exception cref="StoreFullException">Nothing is left that could go.</exception>
    public void MakeRoom()
    {
        var length = segments.Length;
        while (length > options.BytesMax && segments.All is [{ Facts: not null } oldest, ..])
        {
            length -= oldest.Length;
            segments.Drop(oldest);
        }

        if (length > options.BytesMax)
        {
            throw new StoreFullException(
                $"The store has {length} bytes, and {nameof(SegmentStoreOptions.BytesMax)} allows {options.BytesMax}: nothing is left that could be dropped.");
        }
    }

    /// <summary>Begins a segment, after the mark and after all that there are.</summary>
    /// <exception cref="StoreFullException">The disk refuses it; nothing of it is left.</exception>
    public Segment Create(SegmentMark mark)
    {
        var number = Math.Max(mark.Segment, segments.All is [.., var last] ? last.Number : 0) + 1;
        var path = SegmentNames.Spans(options.Folder, number);
        var now = time.GetUtcNow();
        IDurableFile? file = null;
        try
        {
            file = files.Create(path);
            file.Write([SegmentHeader.Write(now)], 0);
            files.SyncFolder(options.Folder);
        }
        catch (IOException e)
        {
            file?.Dispose();
            files.Delete(path);
            throw new StoreFullException($"The store cannot make {path}: {e.Message}", e);
        }

        var ids = BloomFilter.ForCount(options.SegmentRowsMax / RowsPerTrace, BloomFilter.BitsPerId);
        var segment = new Segment(options.Folder, number, files, file, now, ids) { SpansLength = SegmentHeader.Size };
        segments.Add(segment);
        return segment;
    }
}
