using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Sqlite;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>Writes the terms of a segment's blocks, merged, as pages and lists of rows.</summary>
internal sealed class TermWriter(SqliteFile file) : IDisposable
{
    private const int PageBytesMax = 4096;

    // Neighbouring terms are then some 2^19 apart, three bytes; and one absent term in 2^19 finds another's rows.
    private const int TermBitsOverCount = 19;
    private const int TermBitsMax = 60;

    private readonly SqliteStatement _insertPage = file.Prepare("INSERT INTO terms VALUES (?1, ?2)");
    private readonly SqliteStatement _insertList = file.Prepare("INSERT INTO lists VALUES (?1, ?2)");
    private readonly ArrayBufferWriter<byte> _page = new(2 * PageBytesMax);
    private readonly ArrayBufferWriter<byte> _list = new();
    private readonly Dictionary<(ulong, ulong), int> _lists = [];
    private ulong _firstOfPage;
    private ulong _lastOfPage;

    /// <summary>Filter of the ids among the terms.</summary>
    public BloomFilter Ids { get; private set; } = BloomFilter.ForCount(0, 1);

    /// <summary>Filter of the others.</summary>
    public BloomFilter Others { get; private set; } = BloomFilter.ForCount(0, 1);

    /// <summary>Bits that are left of a term.</summary>
    public int Bits { get; private set; } = TermBitsOverCount;

    internal static ulong Cut(ulong term, int bits) => term >> (64 - bits);

    public void Write(ReadOnlySpan<Block> blocks, int rowCount)
    {
        var (terms, places) = Gather(blocks);
        var (idCount, termCount) = CountDistinct(terms);
        Ids = BloomFilter.ForCount(idCount, BloomFilter.BitsPerId);
        Others = BloomFilter.ForCount(termCount, BloomFilter.BitsPerTerm);
        Bits = Math.Min(TermBitsMax, TermBitsOverCount + BitOperations.Log2((uint)(idCount + termCount) | 1) + 1);
        var rows = new List<int>();
        for (int from = 0, to; from < terms.Length; from = to)
        {
            var cut = Cut(terms[from], Bits);
            for (to = from; to < terms.Length && Cut(terms[to], Bits) == cut; to++)
            {
                ((terms[to] & Term.IdBit) == 0 ? Others : Ids).Add(terms[to]);
            }

            Collect(terms.AsSpan(from, to - from), places.AsSpan(from, to - from), blocks, rows);
            Add(cut, rows, rowCount);
        }

        FlushPage();
    }

    public void Dispose()
    {
        _insertPage.Dispose();
        _insertList.Dispose();
    }

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
        var span = CollectionsMarshal.AsSpan(rows);
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
}
