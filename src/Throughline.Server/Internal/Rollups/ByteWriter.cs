using System.Buffers.Binary;

namespace Throughline.Server.Internal.Rollups;

/// <summary>Bytes that grow, used again and again: how rollups are written.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Varint(ulong value)
    {
        Reserve(Files.Varint.BytesMax);
        Length += Files.Varint.Write(_bytes.AsSpan(Length), value);
    }

    /// <summary>Counts are mostly whole and small: these take a byte or two, others nine.</summary>
    public void Number(double value)
    {
        const double wholeMax = 1L << 52;
        if (value >= 0 && value < wholeMax && value == Math.Floor(value))
        {
            Varint((ulong)value << 1);
            return;
        }

        Varint(1);
        Reserve(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(double);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
        }
    }
}
