using System.Buffers.Binary;
using System.Text;

namespace Throughline.Cli.Demo.Otlp;

/// <summary>Walks the fields of one protobuf message without copying it; malformed input ends the walk.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int VarintBytesMax = 10;

    private ReadOnlySpan<byte> _rest = message;
    private ulong _number;
    private ReadOnlySpan<byte> _bytes;

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>True once the message turned out not to be protobuf.</summary>
    public bool Malformed { get; private set; }

    /// <summary>The current field's value where it is a varint or of fixed width.</summary>
    public readonly ulong Number => _number;

    /// <summary>The current field's value where it is a string, bytes or a message.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The current field's value as text; broken UTF-8 becomes U+FFFD.</summary>
    public readonly string Text => Encoding.UTF8.GetString(_bytes);

    /// <summary>Moves to the next field; false at the end or at the first malformed byte.</summary>
    public bool Next()
    {
        _number = 0;
        _bytes = default;
        if (_rest.IsEmpty || Malformed)
        {
            return false;
        }

        Malformed = !(TryReadVarint(out var tag) && TryReadValue(wireType: (int)(tag & 7)));
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        return !Malformed;
    }

    private bool TryReadValue(int wireType)
    {
        switch (wireType)
        {
            case 0:
                return TryReadVarint(out _number);
            case 1 when TryTake(sizeof(ulong), out var eight):
                _number = BinaryPrimitives.ReadUInt64LittleEndian(eight);
                return true;
            case 2:
                return TryReadVarint(out var length) && TryTake(length, out _bytes);
            case 5 when TryTake(sizeof(uint), out var four):
                _number = BinaryPrimitives.ReadUInt32LittleEndian(four);
                return true;
            default:
                return false;
        }
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < _rest.Length && i < VarintBytesMax; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TryTake(ulong length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (length > (ulong)_rest.Length)
        {
            return false;
        }

        taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }
}
