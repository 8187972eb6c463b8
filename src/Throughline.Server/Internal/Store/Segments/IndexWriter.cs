using System.Buffers;
using System.Numerics;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Sqlite;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>Writes a sealed segment's index: one SQLite file, in one go, that nobody changes afterwards.</summary>
internal sealed class IndexWriter : IDisposable
{
    private const int PageBytesMax = 4096;

    // Neighbouring terms are then some 2^19 apart, three bytes; and one absent term in 2^19 finds another's rows.
    private const int TermBitsOverCount = 19;
    private const int TermBitsMax = 60;

    // Once a segment: a better quality than blocks have costs nothing.
    private const int SourcesQuality = 5;

    private readonly SqliteFile _file;
    private readonly SqliteStatement _insertPage;
    private readonly SqliteStatement _insertList;
    private readonly ArrayBufferWriter<byte> _page = new(2 * PageBytesMax);
    private readonly ArrayBufferWriter<byte> _list = new();
    private readonly Dictionary<(ulong, ulong), int> _lists = [];
    private ulong _firstOfPage;
    private ulong _lastOfPage;

    private IndexWriter(string path)
    {
        _file = SqliteFile.Create(path);
        _file.Execute(IndexSchema.Create);
        _insertPage = _file.Prepare("INSERT INTO terms VALUES (?1, ?2)");
        _insertList = _file.Prepare("INSERT INTO lists VALUES (?1, ?2)");
    }

    /// <returns>The filters, ids' and terms', for whoever goes on with them.</returns>
    public static (BloomFilter Ids, BloomFilter Terms) Write(
        string path, SegmentFacts facts, ReadOnlySpan<Block> blocks, SourceTable sources, Completion completion)
    {
        using var writer = new IndexWriter(path);
        writer.WriteBlocks(blocks);
        writer.WriteColumns(facts.Rows, blocks);
        var filters = writer.WriteTerms(facts, blocks);
        writer.WriteOffsets(blocks);
        writer.WriteSources(sources);
        writer.WriteCompletion(completion);
        writer._file.Execute($"COMMIT; PRAGMA user_version={IndexSchema.Version}");
        return filters;
    }

    public void Dispose()
    {
        _insertPage.Dispose();
        _insertList.Dispose();
        _file.Dispose();
    }

    private void WriteBlocks(ReadOnlySpan<Block> blocks)
    {
        using var insert = _file.Prepare("INSERT INTO blocks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        for (var i = 0; i < blocks.Length; i++)
        {
            var block = blocks[i];
            insert.Bind(1, i).Bind(2, (long)block.Kind).Bind(3, block.FirstRow).Bind(4, block.Count)
                .Bind(5, block.Times.First).Bind(6, block.Times.Last).Bind(7, block.Place.Offset).Bind(8, block.Place.Length).Run();
        }
    }

    private void WriteColumns(int rows, ReadOnlySpan<Block> blocks)
    {
        using var insert = _file.Prepare("INSERT INTO columns VALUES (?1, ?2, ?3, ?4)");
        foreach (var column in (ReadOnlySpan<LogColumn>)[LogColumn.Duration, LogColumn.Lag])
        {
            var numbers = new byte[rows];
            foreach (var block in blocks)
            {
                block.Terms!.Column(column).CopyTo(numbers, block.FirstRow);
            }

            insert.Bind(1, (long)column).Bind(2, rows == 0 ? 0 : numbers.Min()).Bind(3, rows == 0 ? 0 : numbers.Max())
                .Bind(4, numbers).Run();
        }
    }

    private (BloomFilter Ids, BloomFilter Terms) WriteTerms(SegmentFacts facts, ReadOnlySpan<Block> blocks)
    {
        var (terms, places) = Gather(blocks);
        var (idCount, termCount) = CountDistinct(terms);
        var ids = BloomFilter.ForCount(idCount, BloomFilter.BitsPerId);
        var others = BloomFilter.ForCount(termCount, BloomFilter.BitsPerTerm);
        var bits = Math.Min(TermBitsMax, TermBitsOverCount + BitOperations.Log2((uint)(idCount + termCount) | 1) + 1);
        var rows = new List<int>();
        for (int from = 0, to; from < terms.Length; from = to)
        {
            var cut = Cut(terms[from], bits);
            for (to = from; to < terms.Length && Cut(terms[to], bits) == cut; to++)
            {
                ((terms[to] & Term.IdBit) == 0 ? others : ids).Add(terms[to]);
            }

            Collect(terms.AsSpan(from, to - from), places.AsSpan(from, to - from), blocks, rows);
            Add(cut, rows, facts.Rows);
        }

        FlushPage();
        WriteFilter(IndexSchema.IdFilter, ids);
        WriteFilter(IndexSchema.TermFilter, others);
        WriteFacts(facts, bits);
        return (ids, others);
    }

    internal static ulong Cut(ulong term, int bits) => term >> (64 - bits);

    // Every block's terms in one order, each with the block and the place in it: (block << 32) | place.
    private static (ulong[] Terms, long[] Places) Gather(ReadOnlySpan<Block> blocks)
    {
        var count = 0;
        foreach (var block in blocks)
        {
            count += block.Terms!.Terms.Length;
        }

        var terms = new ulong[count];
        var places = new long[count];
        var at = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            var own = blocks[i].Terms!.Terms;
            for (var place = 0; place < own.Length; place++, at++)
            {
                terms[at] = own[place];
                places[at] = ((long)i << 32) | (uint)place;
            }
        }

        Array.Sort(terms, places);
        return (terms, places);
    }

    private static (int Ids, int Terms) CountDistinct(ulong[] terms)
    {
        int ids = 0, others = 0;
        for (var i = 0; i < terms.Length; i++)
        {
            if (i > 0 && terms[i] == terms[i - 1])
            {
                continue;
            }

            if ((terms[i] & Term.IdBit) == 0)
            {
                others++;
            }
            else
            {
                ids++;
            }
        }

        return (ids, others);
    }

    private static void Collect(ReadOnlySpan<ulong> terms, Span<long> places, ReadOnlySpan<Block> blocks, List<int> rows)
    {
        // Equal terms come in no order of their blocks, and each block has a term once: so the rows come in order.
        places.Sort();
        rows.Clear();
        foreach (var place in places)
        {
            var block = blocks[(int)(place >> 32)];
            foreach (var row in block.Terms!.Rows((int)place))
            {
                rows.Add(block.FirstRow + row);
            }
        }

        // Unless terms have become equal by being cut: then they may share rows, too.
        if (terms[0] != terms[^1])
        {
            rows.Sort();
            RemoveRepeated(rows);
        }
    }

    private static void RemoveRepeated(List<int> rows)
    {
        var kept = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (i == 0 || rows[i] != rows[kept - 1])
            {
                rows[kept++] = rows[i];
            }
        }

        rows.RemoveRange(kept, rows.Count - kept);
    }

    private void Add(ulong term, List<int> rows, int total)
    {
        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows);
        if (_page.WrittenCount >= PageBytesMax)
        {
            FlushPage();
        }

        if (_page.WrittenCount == 0)
        {
            _firstOfPage = _lastOfPage = term;
        }

        WriteNumber(term - _lastOfPage);
        _lastOfPage = term;
        if (span.Length == 1)
        {
            WriteNumber(((ulong)span[0] << 2) | TermPage.OneRow);
            return;
        }

        _list.ResetWrittenCount();
        if (span.Length <= TermPage.GapsMax)
        {
            PostingList.WriteGaps(span, _list);
            WriteNumber(((ulong)_list.WrittenCount << 2) | TermPage.Gaps);
            _page.Write(_list.WrittenSpan);
            return;
        }

        PostingList.Write(span, total, _list);
        WriteNumber(((ulong)ListId(_list.WrittenSpan) << 2) | TermPage.SharedList);
    }

    // A service's name, its version, its host: the same rows, one list. Told by 128 bits of hash.
    private int ListId(ReadOnlySpan<byte> list)
    {
        var key = (TermHash.Of(1, list), TermHash.Of(2, list));
        if (!_lists.TryGetValue(key, out var id))
        {
            id = _lists.Count;
            _lists.Add(key, id);
            _insertList.Bind(1, id).Bind(2, list).Run();
        }

        return id;
    }

    private void WriteNumber(ulong number) =>
        _page.Advance(Varint.Write(_page.GetSpan(Varint.BytesMax), number));

    private void FlushPage()
    {
        if (_page.WrittenCount > 0)
        {
            _insertPage.Bind(1, (long)_firstOfPage).Bind(2, _page.WrittenSpan).Run();
            _page.ResetWrittenCount();
        }
    }

    private void WriteFilter(int id, BloomFilter filter)
    {
        using var insert = _file.Prepare("INSERT INTO filters VALUES (?1, ?2)");
        insert.Bind(1, id).Bind(2, filter.Bits.Span).Run();
    }

    private void WriteFacts(SegmentFacts facts, int termBits)
    {
        using var insert = _file.Prepare("INSERT INTO facts VALUES (?1, ?2)");
        Insert(IndexSchema.Rows, facts.Rows);
        Insert(IndexSchema.Spans, facts.Spans);
        Insert(IndexSchema.FirstTime, facts.Times.First);
        Insert(IndexSchema.LastTime, facts.Times.Last);
        Insert(IndexSchema.SpansLength, facts.SpansLength);
        Insert(IndexSchema.LastArrival, facts.LastArrivalUnixMs);
        Insert(IndexSchema.TermBits, termBits);
        Insert(IndexSchema.LeastDuration, facts.Durations.Least);
        Insert(IndexSchema.GreatestDuration, facts.Durations.Greatest);
        Insert(IndexSchema.LeastLag, facts.Lags.Least);
        Insert(IndexSchema.GreatestLag, facts.Lags.Greatest);

        void Insert(string name, long value) => insert.Bind(1, name).Bind(2, value).Run();
    }

    private void WriteOffsets(ReadOnlySpan<Block> blocks)
    {
        var spreads = new Dictionary<ulong, OffsetSpread>();
        foreach (var block in blocks)
        {
            foreach (var spread in block.Terms!.Offsets)
            {
                spreads[spread.Partition] = spreads.TryGetValue(spread.Partition, out var known) ? known.With(spread) : spread;
            }
        }

        using var insert = _file.Prepare("INSERT INTO offsets VALUES (?1, ?2, ?3)");
        foreach (var spread in spreads.Values)
        {
            insert.Bind(1, (long)spread.Partition).Bind(2, spread.Least).Bind(3, spread.Greatest).Run();
        }
    }

    private void WriteSources(SourceTable sources)
    {
        if (sources.Count > 0)
        {
            using var insert = _file.Prepare("INSERT INTO sources VALUES (0, ?1)");
            insert.Bind(1, new BlockPacker(SourcesQuality).Pack(sources.All)).Run();
        }
    }

    private void WriteCompletion(Completion completion)
    {
        using var insertName = _file.Prepare("INSERT INTO attribute_names VALUES (?1, ?2, ?3)");
        for (var i = 0; i < completion.Names.Count; i++)
        {
            insertName.Bind(1, i).Bind(2, completion.Names[i].Name).Bind(3, completion.Names[i].Spans).Run();
        }

        using var insertValue = _file.Prepare("INSERT INTO attribute_values VALUES (?1, ?2, ?3, ?4)");
        var name = -1;
        var rank = 0;
        foreach (var value in completion.Values.OrderBy(v => v.Name).ThenByDescending(v => v.Spans))
        {
            rank = value.Name == name ? rank + 1 : 0;
            name = value.Name;
            insertValue.Bind(1, name).Bind(2, rank).Bind(3, value.Value).Bind(4, value.Spans).Run();
        }
    }
}
