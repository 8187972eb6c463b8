using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>
/// The way of a span into a segment. Its caller's thread adds it to the open block; a second thread indexes, compresses and
/// writes closed blocks; a third seals full segments.
/// </summary>
internal sealed class SpanWriter : IDisposable
{
    private const int SegmentsWaitingMax = 2;

    private readonly Lock _written = new();
    private readonly SegmentStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly SegmentMaker _maker;
    private readonly WorkLine<BlockJob> _blocks;
    private readonly WorkLine<Segment> _seals;
    private readonly BlockIndexer _indexer = new();
    private readonly BlockPacker _packer;
    private readonly UnsyncedSegments _unsynced = new();
    private SegmentMark _mark;
    private Segment? _current;
    private TimeSpread _spanTimes = TimeSpread.None;
    private TimeSpread _logTimes = TimeSpread.None;

    public SpanWriter(SegmentStoreOptions options, IDurableFiles files, TimeProvider time, SegmentList segments, SegmentMark mark, Segment? current)
    {
        (_options, _time, _mark, _current) = (options, time, mark, current);
        _maker = new SegmentMaker(options, files, time, segments);
        _packer = new BlockPacker(options.Quality);
        var sealer = new SegmentSealer(files, time, _ => _unsynced.Sync());
        _seals = new WorkLine<Segment>("throughline-store-seal", SegmentsWaitingMax, segment =>
        {
            sealer.Seal(segment);
            segments.TrimFilters();
        });
        _blocks = new WorkLine<BlockJob>("throughline-store-write", options.BlocksWaitingMax, Write);
    }

    public void Append(SpanFacts span, ReadOnlySpan<byte> body)
    {
        var segment = SegmentWithRoom();
        var block = segment.View!.Spans;
        if (IsFull(block.Rows!, body.Length))
        {
            Close(segment, block, ref _spanTimes);
            block = segment.View!.Spans;
        }

        segment.Ids.Add(Term.Trace(span.TraceId));
        block.Rows!.Add(span, body);
        _spanTimes = _spanTimes.With(span.StartUnixNs);
        segment.Count(1, 0);
    }

    public void Append(LogFacts log, ReadOnlySpan<byte> body)
    {
        var segment = SegmentWithRoom();
        var block = segment.View!.Logs;
        if (IsFull(block.Rows!, body.Length))
        {
            Close(segment, block, ref _logTimes);
            block = segment.View!.Logs;
        }

        block.Rows!.Add(log, body);
        _logTimes = _logTimes.With(log.TimeUnixNs);
        segment.Count(0, 1);
    }

    public StoreMark Flush(bool everything)
    {
        _unsynced.ThrowIfLost();
        Close(everything);

        // What waits is asked for before the mark: a block that is written in between is in the mark, and in memory no more.
        var waiting = _blocks.Waiting();
        SegmentMark mark;
        var pending = new List<SpanPosition>();
        lock (_written)
        {
            mark = _mark;
            foreach (var job in waiting)
            {
                AddPending(job.Block, pending);
            }
        }

        _unsynced.Sync();
        AddPending(_current?.View?.Spans, pending);
        AddPending(_current?.View?.Logs, pending);
        return new StoreMark(mark.ToString(), pending);
    }

    /// <summary>Waits until every full segment is sealed.</summary>
    public void DrainSeals()
    {
        _blocks.Drain();
        _seals.Drain();
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _seals.Dispose();
    }

    private bool IsFull(BlockRows rows, int more) =>
        rows.Count >= _options.BlockRowsMax || (rows.Count > 0 && (long)rows.Bytes + more > _options.BlockBytesMax);

    private Segment SegmentWithRoom()
    {
        _blocks.Retry();
        if (_current is { } current && IsFull(current))
        {
            Roll(current);
        }

        if (_current is null)
        {
            _seals.Retry();
            _current = _maker.Create(_mark);
        }

        return _current;
    }

    private bool IsFull(Segment segment) =>
        segment.Spans + segment.Logs >= _options.SegmentRowsMax
        || segment.SpansLength >= Math.Min(_options.SegmentBytesMax, _options.BytesMax / 4)
        || _time.GetUtcNow() - segment.Created >= _options.SegmentAgeMax;

    private void Roll(Segment segment)
    {
        var view = segment.View!;
        Close(segment, view.Spans, ref _spanTimes);
        Close(segment, segment.View!.Logs, ref _logTimes);
        segment.LastArrival = _time.GetUtcNow();
        _blocks.Add(new BlockJob(segment, null));
        _current = null;
    }

    private void Close(bool everything)
    {
        try
        {
            _blocks.Retry();
            if (_current is { } full && IsFull(full))
            {
                Roll(full);
            }

            if (everything && _current is { } segment)
            {
                Close(segment, segment.View!.Spans, ref _spanTimes);
                Close(segment, segment.View!.Logs, ref _logTimes);
            }

            if (everything)
            {
                _blocks.Drain();
            }
        }
        catch (StoreFullException)
        {
            // What cannot be written is what the mark says is pending.
        }
    }

    private void Close(Segment segment, Block block, ref TimeSpread times)
    {
        if (block.Rows!.Count == 0)
        {
            return;
        }

        _maker.MakeRoom();
        var before = segment.View!;
        block.Close(before.Rows, times);
        var closed = before.Closed;
        if (before.Count == closed.Length)
        {
            Array.Resize(ref closed, Math.Max(16, 2 * closed.Length));
        }

        closed[before.Count] = block;
        segment.Show(new SegmentView(
            closed,
            before.Count + 1,
            before.Rows + block.Count,
            block == before.Spans ? new Block(BlockKind.Spans) : before.Spans,
            block == before.Logs ? new Block(BlockKind.Logs) : before.Logs));
        try
        {
            _blocks.Add(new BlockJob(segment, block));
        }
        catch
        {
            segment.Show(before);
            throw;
        }

        times = TimeSpread.None;
    }

    // On the writing thread.
    private void Write(BlockJob job)
    {
        var (segment, block) = (job.Segment, job.Block);
        if (block is null)
        {
            _seals.Retry();
            _seals.Add(segment);
            return;
        }

        var rows = block.Rows!;
        if (block.Terms is null)
        {
            block.Indexed(_indexer.Index(rows, block.Count, segment.Completion!));
        }

        var table = segment.Sources!;
        table.Add(rows, block.Count);
        var sources = table.Unwritten.IsEmpty ? [] : _packer.Pack(table.Unwritten);
        var bytes = _packer.Pack(rows, block.Count, block.Times, table);
        var place = new BlockPlace(segment.SpansLength + sources.Length, bytes.Length);
        try
        {
            segment.File().Write([sources, bytes], segment.SpansLength);
        }
        catch (IOException e)
        {
            CutBack(segment);
            throw new StoreFullException(
                $"The store cannot write {bytes.Length} bytes to {segment.SpansPath}, and takes no more spans until it can: {e.Message}", e);
        }

        table.Written();
        lock (_written)
        {
            block.Written(place);
            segment.SpansLength = place.End;
            _mark = new SegmentMark(segment.Number, place.End);
            _unsynced.Add(segment);
        }
    }

    private static void CutBack(Segment segment)
    {
        try
        {
            segment.File().Cut(segment.SpansLength);
        }
        catch (IOException)
        {
            // The next attempt writes over it.
        }
    }

    private static void AddPending(Block? block, List<SpanPosition> pending)
    {
        if (block?.Rows is { } rows)
        {
            for (int row = 0, count = rows.Count; row < count; row++)
            {
                pending.Add(rows.Position(row));
            }
        }
    }
}
