using System.Numerics;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>Rows of one segment, one bit each.</summary>
internal sealed class RowSet(int rows)
{
    private readonly ulong[] _words = new ulong[(rows + 63) / 64];

    public int Rows => rows;

    public bool IsEmpty => _words.AsSpan().IndexOfAnyExcept(0UL) < 0;

    public void Add(int row)
    {
        // A row beyond the end is a damaged list's: it finds nothing.
        if ((uint)row < (uint)rows)
        {
            _words[row >> 6] |= 1UL << (row & 63);
        }
    }

    public void AddRange(int first, int count)
    {
        for (var row = first; row < first + count;)
        {
            if ((row & 63) == 0 && first + count - row >= 64)
            {
                _words[row >> 6] = ulong.MaxValue;
                row += 64;
            }
            else
            {
                Add(row++);
            }
        }
    }

    /// <summary>Adds the rows whose bits are set, the first row in the first byte's lowest bit.</summary>
    public void AddBits(ReadOnlySpan<byte> bits)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            if (i >> 3 < _words.Length)
            {
                _words[i >> 3] |= (ulong)bits[i] << (8 * (i & 7));
            }
        }
    }

    /// <summary>Adds the rows whose number is within two, both included.</summary>
    public void AddWithin(ReadOnlySpan<byte> numbers, byte from, byte to, int firstRow)
    {
        for (var i = 0; i < numbers.Length;)
        {
            var next = numbers[i..].IndexOfAnyInRange(from, to);
            if (next < 0)
            {
                return;
            }

            Add(firstRow + i + next);
            i += next + 1;
        }
    }

    public void Remove(int row)
    {
        if ((uint)row < (uint)rows)
        {
            _words[row >> 6] &= ~(1UL << (row & 63));
        }
    }

    public void IntersectWith(RowSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] &= other._words[i];
        }
    }

    public void UnionWith(RowSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] |= other._words[i];
        }
    }

    /// <summary>The first row that is in the set, from a row on and before an end; -1 where there is none.</summary>
    public int Next(int from, int end)
    {
        for (var row = from; row < end;)
        {
            var word = _words[row >> 6] >> (row & 63);
            if (word != 0)
            {
                row += BitOperations.TrailingZeroCount(word);
                return row < end ? row : -1;
            }

            row = (row | 63) + 1;
        }

        return -1;
    }
}
