using System.Buffers.Binary;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// Reads a protobuf message field by field, where it lies: no object, no copy. What it does not know it steps over, so
/// that fields of OTLP versions to come do no harm; a length or number that lies is the one thing it refuses.
/// </summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/</remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int VarintBytesMax = 10;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;
    private int _start;
    private int _length;

    /// <summary>The field's number and wire type in one, as written: what the constants in <see cref="OtlpTags"/> are.</summary>
    public uint Tag { get; private set; }

    /// <summary>A varint's or fixed field's bits.</summary>
    public ulong Number { get; private set; }

    /// <summary>A length-delimited field's content.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _message.Slice(_start, _length);

    /// <summary>Where <see cref="Bytes"/> begins in the message.</summary>
    public readonly int Start => _start;

    /// <summary>Where the field after this one begins in the message.</summary>
    public readonly int End => _position;

    /// <summary>A fixed64 field's bits as a double.</summary>
    public readonly double Double => BitConverter.UInt64BitsToDouble(Number);

    /// <summary>A time in nanoseconds; one beyond the year 2262 is taken for the last that there is.</summary>
    public readonly long Time => (long)Math.Min(Number, long.MaxValue);

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    /// <exception cref="MalformedOtlpException">A length or number goes past the end, or there is no such wire type.</exception>
    public bool Next()
    {
        if (_position >= _message.Length)
        {
            return false;
        }

        var tag = ReadVarint();
        if (tag is < 8 or > uint.MaxValue)
        {
            throw Malformed($"a field's tag is {tag}");
        }

        Tag = (uint)tag;
        switch ((WireType)(tag & 7))
        {
            case WireType.Varint:
                Number = ReadVarint();
                break;
            case WireType.Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case WireType.Bytes:
                var length = ReadVarint();
                Take(length);
                break;
            case WireType.Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            default:
                throw Malformed($"field {tag >> 3} has wire type {tag & 7}, and OTLP has only 0, 1, 2 and 5");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        var left = _message.Length - _position;
        if (length > (ulong)left)
        {
            throw Malformed($"a field says that it has {length} bytes where {left} are left of its message");
        }

        _start = _position;
        _length = (int)length;
        _position += _length;
        return _message.Slice(_start, _length);
    }

    private ulong ReadVarint()
    {
        var first = _position < _message.Length ? _message[_position] : (byte)0x80;
        if (first < 0x80)
        {
            _position++;
            return first;
        }

        ulong value = 0;
        for (var i = 0; i < VarintBytesMax; i++)
        {
            if (_position >= _message.Length)
            {
                throw Malformed("the message ends within a number");
            }

            var next = _message[_position++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Malformed($"a number has more than {VarintBytesMax} bytes");
    }

    private readonly MalformedOtlpException Malformed(string what) =>
        new($"this is no OTLP protobuf: {what} (byte {_position} of a message of {_message.Length})");
}
