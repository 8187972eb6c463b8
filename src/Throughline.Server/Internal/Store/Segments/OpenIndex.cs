using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>The index of the segment that is filled: its blocks' terms, as they are in memory.</summary>
internal sealed class OpenIndex(SegmentView view) : ITermIndex
{
    public void AddRows(ulong term, RowSet into)
    {
        for (var i = 0; i < view.Count; i++)
        {
            var block = view.Closed[i];
            if (block.Terms is not { } terms)
            {
                // It waits for its turn to be indexed, or has just been sealed: all of its rows are candidates.
                into.AddRange(block.FirstRow, block.Count);
                continue;
            }

            foreach (var row in terms.Find(term))
            {
                into.Add(block.FirstRow + row);
            }
        }
    }

    // What is asked of a sealed segment's file in one look is not worth one look a block here.
    public bool MayHaveOffset(ulong partition, long least, long greatest) => true;

    public void AddRows(LogColumn column, byte from, byte to, RowSet into)
    {
        for (var i = 0; i < view.Count; i++)
        {
            var block = view.Closed[i];
            if (block.Terms is { } terms)
            {
                into.AddWithin(terms.Column(column), from, to, block.FirstRow);
            }
            else
            {
                into.AddRange(block.FirstRow, block.Count);
            }
        }
    }
}
