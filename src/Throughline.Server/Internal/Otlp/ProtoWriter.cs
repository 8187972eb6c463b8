using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// Writes protobuf messages into a pooled buffer. A message within a message is written in place, and moved when its length
/// turns out to need more than one byte. Fields with proto3's default value are the caller's to leave out.
/// </summary>
internal sealed class ProtoWriter : IDisposable
{
    private const int FirstSize = 4096;
    private const int VarintBytesMax = 10;

    private byte[] _buffer;
    private int _length;

    public ProtoWriter(int sizeHint = FirstSize) => _buffer = ArrayPool<byte>.Shared.Rent(sizeHint);

    /// <summary>What was written so far; valid until more is written, or this is disposed.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Varint(uint tag, ulong value)
    {
        Debug.Assert((tag & 7) == (uint)WireType.Varint);
        Grow(2 * VarintBytesMax);
        Put(tag);
        Put(value);
    }

    public void Fixed64(uint tag, ulong value)
    {
        Debug.Assert((tag & 7) == (uint)WireType.Fixed64);
        Grow(VarintBytesMax + sizeof(ulong));
        Put(tag);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(ulong);
    }

    public void Fixed32(uint tag, uint value)
    {
        Debug.Assert((tag & 7) == (uint)WireType.Fixed32);
        Grow(VarintBytesMax + sizeof(uint));
        Put(tag);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(uint);
    }

    public void Bytes(uint tag, ReadOnlySpan<byte> value)
    {
        Debug.Assert((tag & 7) == (uint)WireType.Bytes);
        Grow((2 * VarintBytesMax) + value.Length);
        Put(tag);
        Put((ulong)value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    public void Text(uint tag, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Grow((2 * VarintBytesMax) + most);
        Put(tag);
        Put((ulong)Encoding.UTF8.GetByteCount(value));
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    /// <summary>A span id's bytes.</summary>
    public void SpanId(uint tag, ulong id)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        Bytes(tag, bytes);
    }

    /// <summary>Fields that were written elsewhere, as they are.</summary>
    public void Raw(ReadOnlySpan<byte> fields)
    {
        Grow(fields.Length);
        fields.CopyTo(_buffer.AsSpan(_length));
        _length += fields.Length;
    }

    /// <summary>Begins a message within the one that is being written.</summary>
    /// <returns>What <see cref="End"/> wants.</returns>
    public int Begin(uint tag)
    {
        Debug.Assert((tag & 7) == (uint)WireType.Bytes);
        Grow(2 * VarintBytesMax);
        Put(tag);
        return ++_length;
    }

    /// <summary>Ends the message that <see cref="Begin"/> began.</summary>
    public void End(int begun)
    {
        var length = _length - begun;
        var more = VarintSize((ulong)length) - 1;
        if (more > 0)
        {
            Grow(more);
            _buffer.AsSpan(begun, length).CopyTo(_buffer.AsSpan(begun + more));
        }

        _length = begun - 1;
        Put((ulong)length);
        _length += length;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Put(ulong value)
    {
        while (value > 0x7F)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    private void Grow(int by)
    {
        if (_buffer.Length - _length >= by)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + by), 2 * _buffer.Length));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static int VarintSize(ulong value)
    {
        var size = 1;
        for (; value > 0x7F; value >>= 7)
        {
            size++;
        }

        return size;
    }
}
