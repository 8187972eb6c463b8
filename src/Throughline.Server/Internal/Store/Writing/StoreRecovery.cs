using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Reading;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>Brings the store's folder to where a mark says that it was.</summary>
internal sealed class StoreRecovery(
    SegmentStoreOptions options, IDurableFiles files, TimeProvider time, OtlpDecoder decoder, SegmentList segments, BlockReader blocks)
{
    private string Folder => options.Folder;

    /// <summary>What is after the mark is deleted, what is before it is listed.</summary>
    /// <returns>The mark, and the segment that it lies in, if that goes on being filled.</returns>
    public (SegmentMark Mark, Segment? Current) Run(SegmentMark? mark)
    {
        // 1. What a crash left half-made, and indexes without their spans.
        var (spans, indexes) = List();

        // 2. What comes after the mark, or without one what is not sealed: it is appended again.
        foreach (var number in spans.ToArray())
        {
            if (mark is { } known ? number > known.Segment : !indexes.Contains(number))
            {
                Delete(number);
                spans.Remove(number);
            }
        }

        // 3. The others, oldest first: with an index as they are, without one it is made anew.
        Segment? current = null;
        foreach (var number in spans)
        {
            CheckVersion(number);
            if (number == mark?.Segment)
            {
                current = RecoverLast(number, mark.Value.Length, indexes.Contains(number));
            }
            else if (!indexes.Contains(number) || !TryListSealed(number, null))
            {
                ScanAndSeal(number);
            }
        }

        files.SyncFolder(Folder);
        segments.LoadFilters(LoadTerms);
        var last = segments.All is [.., { } segment] ? new SegmentMark(segment.Number, segment.SpansLength) : default;
        return (mark ?? last, current);
    }

    private (SortedSet<int> Spans, HashSet<int> Indexes) List()
    {
        var spans = new SortedSet<int>();
        var indexes = new HashSet<int>();
        foreach (var path in files.List(Folder))
        {
            if (SegmentNames.IsUnfinished(path))
            {
                files.Delete(path);
            }
            else if (SegmentNames.TryReadSpans(path, out var number))
            {
                spans.Add(number);
            }
            else if (SegmentNames.TryReadIndex(path, out number))
            {
                indexes.Add(number);
            }
        }

        foreach (var number in indexes.Except(spans).ToArray())
        {
            files.Delete(SegmentNames.Index(Folder, number));
        }

        return (spans, indexes);
    }

    private void Delete(int number)
    {
        files.Delete(SegmentNames.Index(Folder, number));
        files.Delete(SegmentNames.Spans(Folder, number));
    }

    private void CheckVersion(int number)
    {
        var path = SegmentNames.Spans(Folder, number);
        using var file = files.Open(path);
        ReadHeader(file, path);
    }

    private static DateTimeOffset ReadHeader(IDurableFile file, string path)
    {
        var bytes = new byte[SegmentHeader.Size];
        return SegmentHeader.Read(bytes.AsSpan(0, file.Read(bytes, 0)), path);
    }

    private Segment? RecoverLast(int number, long length, bool hasIndex)
    {
        if (hasIndex)
        {
            if (TryListSealed(number, length))
            {
                return null;
            }

            files.Delete(SegmentNames.Index(Folder, number));
            files.SyncFolder(Folder);
        }

        var segment = Scan(number, length);
        segments.Add(segment);
        return segment;
    }

    // False when the index is not there, is damaged or older, or has another length of the segment than it should have.
    private bool TryListSealed(int number, long? length)
    {
        var path = SegmentNames.Index(Folder, number);
        try
        {
            using var index = SealedIndex.Open(path, decoder);
            if (length is { } wanted && index.Facts.SpansLength != wanted)
            {
                return false;
            }

            segments.Add(new Segment(Folder, number, files, index.Facts, index.Filter(IndexSchema.IdFilter), new FileInfo(path).Length));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private void ScanAndSeal(int number)
    {
        var segment = Scan(number, length: null);
        segments.Add(segment);
        new SegmentSealer(files, time, static segment => segment.File().Sync()).Seal(segment);
    }

    private Segment Scan(int number, long? length)
    {
        var path = SegmentNames.Spans(Folder, number);
        var file = files.Open(path);
        var created = ReadHeader(file, path);
        var end = length ?? file.Length;
        if (file.Length < end)
        {
            throw new InvalidDataException(
                $"{path} has {file.Length} bytes, and the last checkpoint knows of {end}: what was synced is gone. Restore the file, or move it away to start without it.");
        }

        if (file.Length > end)
        {
            file.Cut(end);
            file.Sync();
        }

        var ids = BloomFilter.ForCount(options.SegmentRowsMax / 4, BloomFilter.BitsPerId);
        var segment = new Segment(Folder, number, files, file, created, ids)
        {
            SpansLength = end,
            LastArrival = new DateTimeOffset(File.GetLastWriteTimeUtc(path)),
        };
        var scan = new SegmentScan(
            file, end, decoder, segment.Sources!, segment.Completion!, (place, what) => blocks.Tell(segment, place, what));
        Show(segment, scan.Read());
        return segment;
    }

    private static void Show(Segment segment, List<Block> blocks)
    {
        var rows = 0;
        foreach (var block in blocks)
        {
            rows += block.Count;
            segment.Count(block.Kind == BlockKind.Spans ? block.Count : 0, block.Kind == BlockKind.Logs ? block.Count : 0);
            foreach (var term in block.Terms!.Terms)
            {
                if ((term & Term.IdBit) != 0)
                {
                    segment.Ids.Add(term);
                }
            }
        }

        segment.Show(SegmentView.New() with { Closed = [.. blocks], Count = blocks.Count, Rows = rows });
    }

    private BloomFilter? LoadTerms(Segment segment)
    {
        try
        {
            using var index = SealedIndex.Open(segment.IndexPath, decoder);
            return index.Filter(IndexSchema.TermFilter);
        }
        catch (InvalidDataException)
        {
            // Without a filter the segment is asked each time, and says then what is wrong with it.
            return null;
        }
    }
}
