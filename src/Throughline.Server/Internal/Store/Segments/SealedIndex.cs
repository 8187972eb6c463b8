using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Sqlite;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>A sealed segment's index, open for reading. Shared among readers, who take turns: each asks for microseconds.</summary>
internal sealed class SealedIndex : ITermIndex, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteFile _file;
    private readonly OtlpDecoder _decoder;
    private readonly int _termBits;
    private readonly SqliteStatement _page;
    private readonly SqliteStatement _list;
    private readonly SqliteStatement _column;
    private readonly SqliteStatement _offsets;
    private SourceTable? _sources;

    private SealedIndex(SqliteFile file, OtlpDecoder decoder)
    {
        _file = file;
        _decoder = decoder;
        Facts = ReadFacts(out _termBits);
        Blocks = ReadBlocks();
        _page = file.Prepare("SELECT first, page FROM terms WHERE first <= ?1 ORDER BY first DESC LIMIT 1");
        _list = file.Prepare("SELECT rows FROM lists WHERE id = ?1");
        _offsets = file.Prepare("SELECT least, greatest FROM offsets WHERE partition = ?1");
        _column = file.Prepare("SELECT numbers FROM columns WHERE id = ?1 AND greatest >= ?2 AND least <= ?3");
    }

    public SegmentFacts Facts { get; }

    public Block[] Blocks { get; }

    /// <exception cref="InvalidDataException">It is damaged, not finished, or of another version.</exception>
    public static SealedIndex Open(string path, OtlpDecoder decoder)
    {
        var file = SqliteFile.OpenImmutable(path);
        try
        {
            var version = file.Number("PRAGMA user_version");
            return version == IndexSchema.Version
                ? new SealedIndex(file, decoder)
                : throw new InvalidDataException($"{path} has version {version} where {IndexSchema.Version} is read.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Who told of the segment's rows.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public SourceTable Sources()
    {
        lock (_gate)
        {
            return _sources ??= ReadSources();
        }
    }

    public BloomFilter Filter(int id)
    {
        lock (_gate)
        {
            using var select = _file.Prepare("SELECT bits FROM filters WHERE id = ?1");
            return select.Bind(1, id).Step()
                ? new BloomFilter(select.Blob(0).ToArray())
                : throw new InvalidDataException($"{_file.Path} lacks filter {id}.");
        }
    }

    public void AddRows(ulong term, RowSet into)
    {
        var cut = TermWriter.Cut(term, _termBits);
        lock (_gate)
        {
            long list = -1;
            if (_page.Bind(1, (long)cut).Step())
            {
                list = TermPage.Read(_page.Blob(1), (ulong)_page.Number(0), cut, into);
            }

            _page.Reset();
            if (list < 0)
            {
                return;
            }

            if (_list.Bind(1, list).Step())
            {
                PostingList.Read(_list.Blob(0), into);
            }

            _list.Reset();
        }
    }

    public void AddRows(LogColumn column, byte from, byte to, RowSet into)
    {
        lock (_gate)
        {
            if (_column.Bind(1, (long)column).Bind(2, from).Bind(3, to).Step())
            {
                into.AddWithin(_column.Blob(0), from, to, 0);
            }

            _column.Reset();
        }
    }

    public bool TryAddRows(RecordRange records, RowSet into)
    {
        if (Within(records) is not { } some)
        {
            return true;
        }

        if (!some.IsNarrow)
        {
            return false;
        }

        foreach (var term in some.Terms())
        {
            AddRows(term, into);
        }

        return true;
    }

    /// <summary>Adds the names of attributes, each with the spans that have it.</summary>
    public void AddNames(Dictionary<string, long> into)
    {
        lock (_gate)
        {
            using var select = _file.Prepare("SELECT name, spans FROM attribute_names");
            while (select.Step())
            {
                Add(into, select.Text(0), select.Number(1));
            }
        }
    }

    /// <summary>Adds an attribute's most frequent values, each with the spans that have it.</summary>
    public void AddValues(string name, int limit, Dictionary<string, long> into)
    {
        lock (_gate)
        {
            using var select = _file.Prepare("""
                SELECT v.value, v.spans FROM attribute_values v JOIN attribute_names n ON n.id = v.name
                WHERE n.name = ?1 AND v.rank < ?2
                """);
            select.Bind(1, name).Bind(2, limit);
            while (select.Step())
            {
                Add(into, select.Text(0), select.Number(1));
            }
        }
    }

    public void Dispose()
    {
        _page.Dispose();
        _list.Dispose();
        _column.Dispose();
        _offsets.Dispose();
        _file.Dispose();
    }

    private RecordRange? Within(RecordRange records)
    {
        lock (_gate)
        {
            var partition = Term.Partition(records.Topic, records.Partition);
            var some = _offsets.Bind(1, (long)partition).Step() ? records.Within(_offsets.Number(0), _offsets.Number(1)) : null;
            _offsets.Reset();
            return some;
        }
    }

    private static void Add(Dictionary<string, long> into, string name, long spans) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(into, name, out _) += spans;

    private SegmentFacts ReadFacts(out int termBits)
    {
        var facts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var select = _file.Prepare("SELECT name, value FROM facts");
        while (select.Step())
        {
            facts[select.Text(0)] = select.Number(1);
        }

        termBits = (int)facts.GetValueOrDefault(IndexSchema.TermBits);
        if (termBits is < 1 or > 63)
        {
            throw new InvalidDataException($"{_file.Path} lacks its facts.");
        }

        return new SegmentFacts(
            (int)facts.GetValueOrDefault(IndexSchema.Rows),
            facts.GetValueOrDefault(IndexSchema.Spans),
            new TimeSpread(facts.GetValueOrDefault(IndexSchema.FirstTime), facts.GetValueOrDefault(IndexSchema.LastTime)),
            facts.GetValueOrDefault(IndexSchema.SpansLength),
            facts.GetValueOrDefault(IndexSchema.LastArrival))
        {
            Durations = Spread(IndexSchema.LeastDuration, IndexSchema.GreatestDuration),
            Lags = Spread(IndexSchema.LeastLag, IndexSchema.GreatestLag),
        };

        ColumnSpread Spread(string least, string greatest) =>
            new((byte)facts.GetValueOrDefault(least), (byte)facts.GetValueOrDefault(greatest, byte.MaxValue));
    }

    private SourceTable ReadSources()
    {
        var sources = new SourceTable();
        using var select = _file.Prepare("SELECT block FROM sources ORDER BY id");
        while (select.Step())
        {
            BlockContent.ReadSources(select.Blob(0), _decoder, sources);
        }

        return sources;
    }

    private Block[] ReadBlocks()
    {
        var blocks = new List<Block>();
        using var select = _file.Prepare(
            "SELECT kind, first_row, rows, first_time, last_time, offset, length FROM blocks ORDER BY id");
        while (select.Step())
        {
            blocks.Add(new Block(
                (BlockKind)select.Number(0),
                (int)select.Number(1),
                (int)select.Number(2),
                new TimeSpread(select.Number(3), select.Number(4)),
                new BlockPlace(select.Number(5), (int)select.Number(6))));
        }

        return [.. blocks];
    }
}
