using Microsoft.Extensions.Logging;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Reading;
using Throughline.Server.Internal.Store.Search;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;
using Throughline.Server.Internal.Store.Writing;

namespace Throughline.Server.Internal.Store;

/// <summary>
/// Spans in a folder of segments, each some time's worth of them by their arrival: a file of compressed blocks, and once it
/// is full an SQLite file with its index beside it. Retention drops whole segments.
/// </summary>
internal sealed class SegmentStore : ISpanStore
{
    private readonly SegmentStoreOptions _options;
    private readonly IDurableFiles _files;
    private readonly TimeProvider _time;
    private readonly OtlpDecoder _decoder;
    private readonly SegmentList _segments;
    private readonly IndexPool _indexes;
    private readonly BlockReader _blocks;
    private readonly IdReader _ids;
    private readonly CompletionReader _completion;
    private SpanWriter? _writer;

    /// <exception cref="ArgumentException">A setting makes no sense.</exception>
    public SegmentStore(SegmentStoreOptions options, OtlpDecoder decoder, IDurableFiles files, TimeProvider time, ILogger<SegmentStore> logger)
    {
        options.Validate();
        (_options, _decoder, _files, _time) = (options, decoder, files, time);
        _indexes = new IndexPool(options.OpenIndexesMax, decoder);
        _segments = new SegmentList(options.TermFilterBytesMax, _indexes);
        _blocks = new BlockReader(new BlockCache(options.CacheBytesMax), decoder, logger);
        _ids = new IdReader(_segments, _indexes, _blocks);
        _completion = new CompletionReader(_segments, _indexes, _blocks);
    }

    public StoreStatistics Statistics
    {
        get
        {
            long spans = 0, logs = 0, bytes = 0;
            var oldest = long.MaxValue;
            var all = _segments.All;
            foreach (var segment in all)
            {
                spans += segment.Spans;
                logs += segment.Logs;
                bytes += segment.Length;
                oldest = Math.Min(oldest, EarliestStart(segment));
            }

            return new StoreStatistics(
                spans, logs, bytes, all.Length, _segments.SpansDropped, oldest == long.MaxValue ? null : oldest, _blocks.Damaged);
        }
    }

    private SpanWriter Writer => _writer ?? throw new InvalidOperationException($"{nameof(Recover)} comes before anything else.");

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">A file of the folder cannot be read: the message says which, why and what to do.</exception>
    /// <exception cref="FormatException">The mark is none of this store.</exception>
    public void Recover(string? mark)
    {
        if (_writer is not null)
        {
            throw new InvalidOperationException("The store is recovered once.");
        }

        var recovery = new StoreRecovery(_options, _files, _time, _decoder, _segments, _blocks);
        var (recovered, current) = recovery.Run(mark is null ? null : SegmentMark.Parse(mark));
        _writer = new SpanWriter(_options, _files, _time, _segments, recovered, current);
    }

    public void Append(SpanFacts span, ReadOnlySpan<byte> body) => Writer.Append(span, body);

    public void Append(LogFacts log, ReadOnlySpan<byte> body) => Writer.Append(log, body);

    public StoreMark Flush(bool everything) => Writer.Flush(everything);

    public void Retain(DateTimeOffset now)
    {
        foreach (var segment in _segments.All)
        {
            var isOld = segment.LastArrival is { } last && now - last > _options.AgeMax;
            if (segment.Facts is not null && (isOld || _segments.Length > _options.BytesMax))
            {
                _segments.Drop(segment);
            }
        }
    }

    public bool MayContain(TraceId trace) => _ids.MayContain(trace);

    public IReadOnlyList<StoredSpan> Trace(TraceId trace, int limit, CancellationToken cancellationToken) =>
        Find(Term.Trace(trace), span => span.TraceId == trace, limit, cancellationToken);

    public IReadOnlyList<StoredLog> Logs(TraceId trace, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StoredLog>();
        if (limit > 0)
        {
            _ids.Visit(Term.LogOf(trace), BlockKind.Logs, Take, cancellationToken);
        }

        return found;

        bool Take(RowSource rows, int row)
        {
            var log = rows.Log(row);
            if (log.TraceId == trace)
            {
                found.Add(new StoredLog(log, rows.Body(row)));
            }

            return found.Count < limit;
        }
    }

    public IReadOnlyList<StoredSpan> LinkedTo(TraceId trace, int limit, CancellationToken cancellationToken) =>
        Find(Term.LinkTo(trace), span => span.Links.Any(link => link.Key.TraceId == trace), limit, cancellationToken);

    public IReadOnlyList<StoredSpan> Record(string topic, int partition, long offset, int limit, CancellationToken cancellationToken)
    {
        var record = new RecordName(topic, partition, offset);
        return Find(Term.Record(topic, partition, offset), record.IsNamedBy, limit, cancellationToken);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The cursor is none, or a pattern of the query cannot be used.</exception>
    public SearchPage Search(SearchRequest request, CancellationToken cancellationToken) =>
        new Searcher(request, _indexes, _blocks).Search(_segments.All, cancellationToken);

    public IReadOnlyList<string> AttributeNames(TimeRange range, int limit, CancellationToken cancellationToken) =>
        _completion.Names(range, limit, cancellationToken);

    public IReadOnlyList<string> Values(Field field, TimeRange range, int limit, CancellationToken cancellationToken) =>
        _completion.Values(field, range, limit, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        _indexes.Dispose();
        foreach (var segment in _segments.All)
        {
            segment.Release();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until every full segment is written and sealed: for tests and measurements.</summary>
    internal void Settle() => Writer.DrainSeals();

    private List<StoredSpan> Find(ulong term, Func<SpanFacts, bool> isWanted, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StoredSpan>();
        if (limit > 0)
        {
            _ids.Visit(term, BlockKind.Spans, Take, cancellationToken);
        }

        return found;

        bool Take(RowSource rows, int row)
        {
            var span = rows.Span(row);
            if (isWanted(span))
            {
                found.Add(new StoredSpan(span, rows.Body(row)));
            }

            return found.Count < limit;
        }
    }

    private static long EarliestStart(Segment segment)
    {
        if (segment.Facts is { } facts)
        {
            return facts.Spans > 0 ? facts.Times.First : long.MaxValue;
        }

        var earliest = long.MaxValue;
        if (segment.View is { } view)
        {
            foreach (var block in view.Closed.AsSpan(0, view.Count))
            {
                earliest = block.Kind == BlockKind.Spans ? Math.Min(earliest, block.Times.First) : earliest;
            }

            for (int row = 0, count = view.Spans.Rows?.Count ?? 0; row < count; row++)
            {
                earliest = Math.Min(earliest, view.Spans.Rows?.Span(row).StartUnixNs ?? earliest);
            }
        }

        return earliest;
    }
}
