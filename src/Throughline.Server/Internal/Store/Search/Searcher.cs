using System.Diagnostics;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Reading;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search;

/// <summary>
/// One page of a search. A queue holds segments, blocks and spans by the latest start that may be in them; whatever comes
/// first is taken: a segment becomes its blocks with candidates, a block its rows, a row is read and compared, a span that
/// matches is the next result. So nothing is unpacked or read before it is certain that it may be among the newest.
/// </summary>
internal sealed class Searcher
{
    private readonly SearchRequest _request;
    private readonly IndexPool _indexes;
    private readonly BlockReader _blocks;
    private readonly SpanMatcher _matcher;
    private readonly SearchPlan _plan;
    private readonly SearchPosition _after;
    private readonly PriorityQueue<Entry, SearchPosition> _queue = new(SearchPosition.Order);
    private readonly List<Segment> _leases = [];
    private long _examined;

    public Searcher(SearchRequest request, IndexPool indexes, BlockReader blocks)
    {
        (_request, _indexes, _blocks) = (request, indexes, blocks);
        _matcher = new SpanMatcher(request.Where);
        _plan = new SearchPlan(request.Where);
        _after = request.Cursor is null ? SearchPosition.First : SearchPosition.Parse(request.Cursor);
    }

    public SearchPage Search(Segment[] segments, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var segment in segments)
            {
                Add(segment);
            }

            return Search(cancellationToken);
        }
        finally
        {
            foreach (var segment in _leases)
            {
                segment.Release();
            }
        }
    }

    private SearchPage Search(CancellationToken cancellationToken)
    {
        var found = new List<StoredSpan>();
        var begun = Stopwatch.GetTimestamp();
        while (_queue.TryDequeue(out var entry, out var position))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Found is { } span)
            {
                found.Add(span);
                if (found.Count >= _request.Limit)
                {
                    return new SearchPage(found, _queue.Count > 0 ? position.ToString() : null, false, _examined);
                }
            }
            else if (position.IsAfter(_after) && Stopwatch.GetElapsedTime(begun) >= _request.WorkMax)
            {
                // Only once it is past where it began: a page that gets nowhere would be asked for again for ever.
                return new SearchPage(found, position.ToString(), true, _examined);
            }
            else if (entry.Rows is { } rows)
            {
                Examine(entry, rows);
            }
            else if (entry.Block is { } block)
            {
                Expand(entry, block, cancellationToken);
            }
            else
            {
                TryExpand(entry.Segment);
            }
        }

        return new SearchPage(found, null, false, _examined);
    }

    private void Add(Segment segment)
    {
        if (!segment.TryLease())
        {
            return;
        }

        _leases.Add(segment);
        if (segment.Facts is { } facts)
        {
            if (facts.Spans > 0 && IsInRange(facts.Times) && _plan.MayMatch(segment.Glance(facts)))
            {
                _queue.Enqueue(new Entry(segment), Latest(facts.Times.Last));
            }
        }
        else
        {
            _queue.Enqueue(new Entry(segment), Latest(long.MaxValue));
        }
    }

    private void TryExpand(Segment segment)
    {
        try
        {
            Expand(segment);
        }
        catch (InvalidDataException e)
        {
            _blocks.Tell(segment, default, e.Message);
        }
    }

    private void Expand(Segment segment)
    {
        using var reading = SegmentReading.Begin(segment, _indexes);
        var candidates = _plan.Candidates(reading.Index, reading.Rows);
        if (candidates is null || !candidates.IsEmpty)
        {
            foreach (var block in reading.Blocks.Span)
            {
                if (block.Kind == BlockKind.Spans && IsInRange(block.Times)
                    && (candidates is null || candidates.Next(block.FirstRow, block.FirstRow + block.Count) >= 0))
                {
                    _queue.Enqueue(new Entry(segment, block, reading.Sources, candidates), Latest(block.Times.Last));
                }
            }
        }

        foreach (var block in reading.Open)
        {
            if (block.Kind == BlockKind.Spans)
            {
                _queue.Enqueue(new Entry(segment, block, reading.Sources), Latest(long.MaxValue));
            }
        }
    }

    private void Expand(Entry entry, Block block, CancellationToken cancellationToken)
    {
        var candidates = entry.Candidates;
        if (_blocks.Read(entry.Segment, block, entry.Sources!) is not { } rows)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        for (var row = 0; row < rows.Count; row++)
        {
            if (candidates is not null)
            {
                var next = candidates.Next(block.FirstRow + row, block.FirstRow + rows.Count);
                if (next < 0)
                {
                    return;
                }

                row = next - block.FirstRow;
            }

            var start = rows.Start(row);
            if (_request.Range.Contains(start) && start <= _after.StartUnixNs)
            {
                _queue.Enqueue(new Entry(entry.Segment, block, Rows: rows, Row: row), Latest(start));
            }
        }
    }

    private void Examine(Entry entry, RowSource rows)
    {
        _examined++;
        SpanFacts span;
        try
        {
            span = rows.Span(entry.Row);
        }
        catch (MalformedOtlpException e)
        {
            _blocks.Tell(entry.Segment, entry.Block!.Place, e.Message);
            return;
        }

        var body = rows.Body(entry.Row);
        var position = SearchPosition.Of(span);
        if (position.IsAfter(_after) && _matcher.Matches(span, body.Span))
        {
            _queue.Enqueue(new Entry(entry.Segment, Found: new StoredSpan(span, body)), position);
        }
    }

    private bool IsInRange(TimeSpread times) =>
        _request.Range.Overlaps(times.First, times.Last) && times.First <= _after.StartUnixNs;

    // A place before all of the spans that may come of it and are wanted.
    private SearchPosition Latest(long start)
    {
        var latest = SearchPosition.BeforeAllAt(Math.Min(start, _request.Range.ToUnixNs - 1));
        return latest.IsAfter(_after) ? latest : _after;
    }

    private readonly record struct Entry(
        Segment Segment, Block? Block = null, SourceTable? Sources = null, RowSet? Candidates = null,
        RowSource? Rows = null, int Row = 0, StoredSpan? Found = null);
}
