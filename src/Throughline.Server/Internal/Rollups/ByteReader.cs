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
        var at = 0;
        var value = Files.Varint.Read(_left, ref at);
        _left = _left[at..];
        return value;
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
