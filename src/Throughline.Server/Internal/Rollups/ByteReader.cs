using System.Buffers.Binary;

namespace Throughline.Server.Internal.Rollups;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">From every method, where the bytes end too soon or make no sense.</exception>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly bool IsAtEnd => _left.IsEmpty;

    public ulong Varint()
    {
        const int bitsMax = 63;
        ulong value = 0;
        for (var shift = 0; shift <= bitsMax; shift += 7)
        {
            if (_left.IsEmpty)
            {
                throw new InvalidDataException("A rollup ends within a number.");
            }

            var next = _left[0];
            _left = _left[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A rollup has a number of more than 64 bits.");
    }

    public double Number()
    {
        var whole = Varint();
        if ((whole & 1) == 0)
        {
            return whole >> 1;
        }

        return BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length < 0 || length > _left.Length)
        {
            throw new InvalidDataException($"A rollup has {_left.Length} more bytes where {length} should be.");
        }

        var read = _left[..length];
        _left = _left[length..];
        return read;
    }
}
