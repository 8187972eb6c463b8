using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>
/// Ends a segment: its index is written under another name, synced, and only then gets its own. A crash on the way leaves
/// the segment unsealed, and it is sealed at the next start.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="time">The clock.</param>
/// <param name="sync">Makes a segment's blocks durable. Whoever does it remembers a failure: the next sync of the same file
/// would say that all is well.</param>
internal sealed class SegmentSealer(IDurableFiles files, TimeProvider time, Action<Segment> sync)
{
    public void Seal(Segment segment)
    {
        var view = segment.View!;
        var blocks = view.Closed.AsSpan(0, view.Count);
        sync(segment);
        var (facts, ids, terms) = Write(segment, blocks);
        segment.Seal(facts, ids, terms, new FileInfo(segment.IndexPath).Length);
        foreach (var block in blocks)
        {
            block.Indexed(null);
        }
    }

    private (SegmentFacts Facts, BloomFilter Ids, BloomFilter Terms) Write(Segment segment, ReadOnlySpan<Block> blocks)
    {
        var facts = FactsOf(segment, blocks);
        var unfinished = SegmentNames.UnfinishedIndex(segment.Folder, segment.Number);
        files.Delete(unfinished);
        try
        {
            var (ids, terms) = IndexWriter.Write(unfinished, facts, blocks, segment.Sources!, segment.Completion!);
            using (var file = files.Open(unfinished))
            {
                file.Sync();
            }

            File.Move(unfinished, segment.IndexPath, overwrite: true);
            files.SyncFolder(segment.Folder);
            return (facts, ids, terms);
        }
        catch (IOException)
        {
            // What is left of it takes the space that is missing.
            files.Delete(unfinished);
            throw;
        }
    }

    private SegmentFacts FactsOf(Segment segment, ReadOnlySpan<Block> blocks)
    {
        var rows = 0;
        long spans = 0;
        var times = TimeSpread.None;
        long end = SegmentHeader.Size;
        foreach (var block in blocks)
        {
            rows += block.Count;
            end = block.Place.End;
            if (block.Kind == BlockKind.Spans)
            {
                spans += block.Count;
                times = times.With(block.Times);
            }
        }

        var lastArrival = segment.LastArrival ?? time.GetUtcNow();
        return new SegmentFacts(rows, spans, times, end, lastArrival.ToUnixTimeMilliseconds())
        {
            Durations = SpreadOf(LogColumn.Duration, blocks),
            Lags = SpreadOf(LogColumn.Lag, blocks),
        };
    }

    private static ColumnSpread SpreadOf(LogColumn column, ReadOnlySpan<Block> blocks)
    {
        var spread = ColumnSpread.None;
        foreach (var block in blocks)
        {
            foreach (var number in block.Terms!.Column(column))
            {
                spread = spread.With(number);
            }
        }

        return spread;
    }
}
