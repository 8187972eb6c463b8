using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Throughline.Server.Internal.Otlp;

/// <summary>An AnyValue, where it lies.</summary>
internal readonly ref struct OtlpValue
{
    private readonly ulong _number;

    private OtlpValue(OtlpValueKind kind, ulong number, ReadOnlySpan<byte> bytes)
    {
        Kind = kind;
        _number = number;
        Bytes = bytes;
    }

    public OtlpValueKind Kind { get; }

    /// <summary>A text's UTF-8, a binary's bytes, an array's ArrayValue message or a map's KeyValueList message.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public long Int => (long)_number;

    public bool Bool => _number != 0;

    public double Double => BitConverter.UInt64BitsToDouble(_number);

    /// <summary>An array's values, a map's pairs.</summary>
    public OtlpValues Items => new(Bytes);

    /// <summary>A map's pairs.</summary>
    public OtlpAttributes Pairs => new(Bytes, OtlpTags.Values.Items);

    /// <summary>Reads an AnyValue message.</summary>
    /// <exception cref="MalformedOtlpException">It is none.</exception>
    public static OtlpValue Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        var value = default(OtlpValue);
        while (reader.Next())
        {
            // The last one counts: that is what protobuf's oneof means.
            value = reader.Tag switch
            {
                OtlpTags.AnyValue.Text => new OtlpValue(OtlpValueKind.Text, 0, reader.Bytes),
                OtlpTags.AnyValue.Bool => new OtlpValue(OtlpValueKind.Bool, reader.Number, default),
                OtlpTags.AnyValue.Int => new OtlpValue(OtlpValueKind.Int, reader.Number, default),
                OtlpTags.AnyValue.Double => new OtlpValue(OtlpValueKind.Double, reader.Number, default),
                OtlpTags.AnyValue.Array => new OtlpValue(OtlpValueKind.Array, 0, reader.Bytes),
                OtlpTags.AnyValue.Map => new OtlpValue(OtlpValueKind.Map, 0, reader.Bytes),
                OtlpTags.AnyValue.Binary => new OtlpValue(OtlpValueKind.Binary, 0, reader.Bytes),
                _ => value,
            };
        }

        return value;
    }

    /// <summary>A whole number, also where the instrumentation wrote it as text: <c>messaging.destination.partition.id</c> is one.</summary>
    public bool TryGetInt(out long number)
    {
        number = Int;
        return Kind switch
        {
            OtlpValueKind.Int => true,
            OtlpValueKind.Double when Math.Abs(Double) < long.MaxValue => (number = (long)Double) == Double,
            OtlpValueKind.Text => Utf8Parser.TryParse(Bytes, out number, out var read) && read == Bytes.Length,
            _ => false,
        };
    }

    /// <summary>True, also where it was written as text or number.</summary>
    public bool IsTrue => Kind switch
    {
        OtlpValueKind.Bool or OtlpValueKind.Int => _number != 0,
        OtlpValueKind.Text => Ascii.EqualsIgnoreCase(Bytes, "true"u8),
        _ => false,
    };

    /// <summary>The value as one would write it: numbers and truths too; base64 of bytes; null of arrays, maps and none.</summary>
    public string? ToText() => Kind switch
    {
        OtlpValueKind.Text => Encoding.UTF8.GetString(Bytes),
        OtlpValueKind.Bool => Bool ? "true" : "false",
        OtlpValueKind.Int => Int.ToString(CultureInfo.InvariantCulture),
        OtlpValueKind.Double => Double.ToString("R", CultureInfo.InvariantCulture),
        OtlpValueKind.Binary => Convert.ToBase64String(Bytes),
        _ => null,
    };
}
