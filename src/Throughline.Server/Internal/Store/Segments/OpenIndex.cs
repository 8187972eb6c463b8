using Throughline.Server.Internal.Store.Blocks;
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

    public bool TryAddRows(RecordRange records, RowSet into)
    {
        var partition = Term.Partition(records.Topic, records.Partition);
        for (var i = 0; i < view.Count; i++)
        {
            var block = view.Closed[i];
            if (block.Terms is not { } terms)
            {
                into.AddRange(block.FirstRow, block.Count);
            }
            else if (terms.Within(partition, records) is { IsNarrow: true } some)
            {
                AddRows(block, terms, some, into);
            }
            else if (terms.Within(partition, records) is not null)
            {
                into.AddRange(block.FirstRow, block.Count);
            }
        }

        return true;
    }

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

    private static void AddRows(Block block, BlockTerms terms, RecordRange records, RowSet into)
    {
        foreach (var term in records.Terms())
        {
            foreach (var row in terms.Find(term))
            {
                into.Add(block.FirstRow + row);
            }
        }
    }
}
