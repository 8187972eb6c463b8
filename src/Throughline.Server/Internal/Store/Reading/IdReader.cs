using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Reading;

/// <summary>Finds rows by an id: only segments whose filter knows it are opened, newest first.</summary>
internal sealed class IdReader(SegmentList segments, IndexPool indexes, BlockReader blocks)
{
    /// <summary>Visits rows that may have a term, until the visitor has enough.</summary>
    /// <param name="term">An id's.</param>
    /// <param name="kind">Of the rows.</param>
    /// <param name="visit">Compares the row in full; false ends it.</param>
    /// <param name="cancellationToken">Ends it between blocks.</param>
    public void Visit(ulong term, BlockKind kind, Func<RowSource, int, bool> visit, CancellationToken cancellationToken)
    {
        var all = segments.All;
        for (var i = all.Length - 1; i >= 0; i--)
        {
            var segment = all[i];
            if (segment.Facts is not null && !MayContain(segment, term))
            {
                continue;
            }

            if (!segment.TryLease())
            {
                continue;
            }

            try
            {
                if (!Visit(segment, term, kind, visit, cancellationToken))
                {
                    return;
                }
            }
            catch (InvalidDataException e)
            {
                blocks.Tell(segment, default, e.Message);
            }
            finally
            {
                segment.Release();
            }
        }
    }

    /// <summary>Whether any segment may have spans of a trace: by filters alone.</summary>
    public bool MayContain(TraceId trace)
    {
        var term = Term.Trace(trace);
        foreach (var segment in segments.All)
        {
            if (segment.Ids.MayContain(term))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayContain(Segment segment, ulong term) =>
        segment.Ids.MayContain(term) || segment.Ids.MayContain(Term.Partial);

    private bool Visit(
        Segment segment, ulong term, BlockKind kind, Func<RowSource, int, bool> visit, CancellationToken cancellationToken)
    {
        using var reading = SegmentReading.Begin(segment, indexes);
        var candidates = new RowSet(reading.Rows);
        reading.Index.AddRows(term, candidates);
        reading.Index.AddRows(Term.Partial, candidates);
        foreach (var block in reading.Blocks.Span)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = block.FirstRow + block.Count;
            var row = block.Kind == kind ? candidates.Next(block.FirstRow, end) : -1;
            if (row < 0 || blocks.Read(segment, block, reading.Sources) is not { } rows)
            {
                continue;
            }

            for (; row >= 0; row = row + 1 < end ? candidates.Next(row + 1, end) : -1)
            {
                if (!Visit(segment, block, rows, row - block.FirstRow, visit))
                {
                    return false;
                }
            }
        }

        return VisitOpen(segment, reading, kind, visit);
    }

    private bool VisitOpen(Segment segment, SegmentReading reading, BlockKind kind, Func<RowSource, int, bool> visit)
    {
        foreach (var block in reading.Open)
        {
            if (block.Kind != kind || blocks.Read(segment, block, reading.Sources) is not { } rows)
            {
                continue;
            }

            for (var row = 0; row < rows.Count; row++)
            {
                if (!Visit(segment, block, rows, row, visit))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Visit(Segment segment, Block block, RowSource rows, int row, Func<RowSource, int, bool> visit)
    {
        try
        {
            return visit(rows, row);
        }
        catch (MalformedOtlpException e)
        {
            blocks.Tell(segment, block.Place, e.Message);
            return true;
        }
    }
}
