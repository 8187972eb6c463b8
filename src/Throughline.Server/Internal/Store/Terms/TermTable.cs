namespace Throughline.Server.Internal.Store.Terms;

/// <summary>
/// Collects which rows of a block have which terms. One thread fills it, a block at a time, and its arrays are used again
/// for the next: a span has some thirty terms, and none of them costs an object.
/// </summary>
internal sealed class TermTable
{
    private const int End = -1;

    private ulong[] _terms = new ulong[16 * 1024];
    private Slot[] _slots = new Slot[16 * 1024];
    private Pair[] _pairs = new Pair[32 * 1024];
    private int _termCount;
    private int _pairCount;

    public int Count => _termCount;

    /// <summary>Notes that a row has a term. Rows come in order.</summary>
    /// <returns>Whether this is the term's first row in the block.</returns>
    public bool Add(ulong term, int row, out int slot)
    {
        // An empty slot is one whose term is 0.
        term = term == 0 ? 2 : term;
        if (_termCount * 2 >= _terms.Length)
        {
            Grow();
        }

        slot = Find(term);
        var isNew = _terms[slot] == 0;
        ref var found = ref _slots[slot];
        if (isNew)
        {
            _terms[slot] = term;
            _termCount++;
            found = new Slot(AddPair(row), _pairCount - 1, 1, End);
        }
        else if (_pairs[found.Last].Row != row)
        {
            var pair = AddPair(row);
            _pairs[found.Last].Next = pair;
            found.Last = pair;
            found.Count++;
        }

        return isNew;
    }

    /// <summary>Keeps a number beside a term: whose statistics it counts for.</summary>
    public void Tag(int slot, int tag) => _slots[slot].Tag = tag;

    /// <summary>Tells how many rows each tagged term has.</summary>
    public void CountTags(Completion into)
    {
        for (var i = 0; i < _terms.Length; i++)
        {
            if (_terms[i] != 0 && _slots[i].Tag >= 0)
            {
                into.Count(_slots[i].Tag, _slots[i].Count);
            }
        }
    }

    /// <summary>The block's terms; the table is empty again afterwards.</summary>
    public BlockTerms Take(byte[] durations, byte[] lags, OffsetSpread[] offsets)
    {
        var terms = new ulong[_termCount];
        var slots = new int[_termCount];
        var at = 0;
        for (var i = 0; i < _terms.Length; i++)
        {
            if (_terms[i] != 0)
            {
                terms[at] = _terms[i];
                slots[at++] = i;
            }
        }

        Array.Sort(terms, slots);
        var starts = new int[_termCount + 1];
        var rows = new ushort[_pairCount];
        var row = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            starts[i] = row;
            for (var pair = _slots[slots[i]].First; pair != End; pair = _pairs[pair].Next)
            {
                rows[row++] = _pairs[pair].Row;
            }
        }

        starts[^1] = row;
        Array.Clear(_terms);
        _termCount = 0;
        _pairCount = 0;
        return new BlockTerms(terms, starts, rows, durations, lags, offsets);
    }

    private int Find(ulong term)
    {
        var mask = _terms.Length - 1;
        var slot = (int)(term >> 32) & mask;
        while (_terms[slot] != 0 && _terms[slot] != term)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private int AddPair(int row)
    {
        if (_pairCount == _pairs.Length)
        {
            Array.Resize(ref _pairs, _pairs.Length * 2);
        }

        _pairs[_pairCount] = new Pair((ushort)row, End);
        return _pairCount++;
    }

    private void Grow()
    {
        var (terms, slots) = (_terms, _slots);
        _terms = new ulong[terms.Length * 2];
        _slots = new Slot[terms.Length * 2];
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i] != 0)
            {
                var slot = Find(terms[i]);
                _terms[slot] = terms[i];
                _slots[slot] = slots[i];
            }
        }
    }

    private record struct Slot(int First, int Last, int Count, int Tag);

    private record struct Pair(ushort Row, int Next);
}
