using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>
/// Some time's worth of spans: a file of compressed blocks and, once it is sealed, an index beside it. Who reads it holds a
/// lease; its files are closed, and deleted if retention dropped it, when the last lease ends.
/// </summary>
internal sealed class Segment
{
    private readonly IDurableFiles _files;
    private readonly Lock _opening = new();
    private IDurableFile? _file;
    private SegmentView? _view;
    private SegmentFacts? _facts;
    private BloomFilter _ids;
    private BloomFilter? _terms;
    private long _spansLength;
    private long _indexLength;
    private long _spans;
    private long _logs;
    private int _leases = 1;
    private bool _isDropped;

    /// <summary>A segment that is being filled.</summary>
    public Segment(string folder, int number, IDurableFiles files, IDurableFile file, DateTimeOffset created, BloomFilter ids)
    {
        (Folder, Number, Created) = (folder, number, created);
        (_files, _file, _ids) = (files, file, ids);
        _view = SegmentView.New();
        Completion = new Completion();
        Sources = new SourceTable();
    }

    /// <summary>A sealed segment.</summary>
    public Segment(string folder, int number, IDurableFiles files, SegmentFacts facts, BloomFilter ids, long indexLength)
    {
        (Folder, Number, _spansLength, _indexLength) = (folder, number, facts.SpansLength, indexLength);
        (_files, _facts, _ids) = (files, facts, ids);
        LastArrival = DateTimeOffset.FromUnixTimeMilliseconds(facts.LastArrivalUnixMs);
        Created = LastArrival.Value;
    }

    public string Folder { get; }

    public int Number { get; }

    public DateTimeOffset Created { get; }

    /// <summary>Null once it is sealed.</summary>
    public SegmentView? View => Volatile.Read(ref _view);

    /// <summary>Null until it is sealed.</summary>
    public SegmentFacts? Facts => Volatile.Read(ref _facts);

    /// <summary>Of traces, links and records.</summary>
    public BloomFilter Ids => Volatile.Read(ref _ids);

    /// <summary>Of attributes; null where memory is for those of later segments.</summary>
    public BloomFilter? Terms
    {
        get => Volatile.Read(ref _terms);
        set => Volatile.Write(ref _terms, value);
    }

    /// <summary>Who told of its rows; null once it is sealed.</summary>
    public SourceTable? Sources { get; private set; }

    /// <summary>When its last row arrived; null where nobody noted it.</summary>
    public DateTimeOffset? LastArrival { get; set; }

    /// <summary>Names and values, while it is filled. Whoever uses it locks it.</summary>
    public Completion? Completion { get; private set; }

    /// <summary>Bytes of the file of spans: what is behind them is being written, or was not written whole.</summary>
    public long SpansLength
    {
        get => Volatile.Read(ref _spansLength);
        set => Volatile.Write(ref _spansLength, value);
    }

    /// <summary>Bytes on disk.</summary>
    public long Length => SpansLength + Volatile.Read(ref _indexLength);

    public long Spans => Facts?.Spans ?? Volatile.Read(ref _spans);

    public long Logs => Facts?.Logs ?? Volatile.Read(ref _logs);

    /// <summary>Of a sealed segment.</summary>
    public SegmentGlance Glance(SegmentFacts facts) => new(Terms, Ids, facts.Durations, facts.Lags);

    public string SpansPath => SegmentNames.Spans(Folder, Number);

    public string IndexPath => SegmentNames.Index(Folder, Number);

    /// <summary>Counts what is not sealed yet.</summary>
    public void Count(long spans, long logs)
    {
        Volatile.Write(ref _spans, _spans + spans);
        Volatile.Write(ref _logs, _logs + logs);
    }

    public void Show(SegmentView view) => Volatile.Write(ref _view, view);

    /// <summary>From now on readers use the index's file.</summary>
    public void Seal(SegmentFacts facts, BloomFilter ids, BloomFilter terms, long indexLength)
    {
        Volatile.Write(ref _indexLength, indexLength);
        Volatile.Write(ref _ids, ids);
        Terms = terms;
        Volatile.Write(ref _facts, facts);
        Volatile.Write(ref _view, null);
        Completion = null;
        Sources = null;
    }

    /// <summary>Begins to read; false when the segment was dropped. Each true is ended by <see cref="Release"/>.</summary>
    public bool TryLease()
    {
        for (var leases = Volatile.Read(ref _leases); leases > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _leases, leases + 1, leases);
            if (seen == leases)
            {
                return true;
            }

            leases = seen;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _leases) > 0)
        {
            return;
        }

        _file?.Dispose();
        if (_isDropped)
        {
            // The index first: spans without an index are indexed again, an index without spans is nothing.
            _files.Delete(IndexPath);
            _files.Delete(SpansPath);
        }
    }

    /// <summary>Deletes the segment, as soon as nobody reads it any more.</summary>
    public void Drop()
    {
        _isDropped = true;
        Release();
    }

    /// <summary>The file of spans. Under a lease.</summary>
    public IDurableFile File()
    {
        lock (_opening)
        {
            return _file ??= _files.Open(SpansPath);
        }
    }

    /// <summary>Reads a block's bytes: header and content. Under a lease.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public byte[] Read(BlockPlace place)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(place.Length);
        return File().Read(bytes, place.Offset) == bytes.Length
            ? bytes
            : throw new InvalidDataException("the file ends before it does");
    }
}
