using System.Buffers.Binary;
using System.Globalization;

namespace Throughline.Server.Internal.Spans;

/// <summary>A trace's 16 bytes, in the order in which W3C writes them. A value: no object, no hex until it is shown.</summary>
internal readonly record struct TraceId(ulong High, ulong Low)
{
    public const int Size = 16;

    /// <summary>All-zero ids are invalid in W3C and OTLP alike.</summary>
    public bool IsValid => (High | Low) != 0;

    /// <summary>Of exactly <see cref="Size"/> bytes.</summary>
    public static TraceId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <summary>1 to 32 hex digits of any case: Zipkin and Tempo leave leading zeros out.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out TraceId id)
    {
        id = default;
        if (hex.Length is 0 or > 2 * Size)
        {
            return false;
        }

        var split = Math.Max(0, hex.Length - Size);
        ulong high = 0;
        if (split > 0 && !ulong.TryParse(hex[..split], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out high))
        {
            return false;
        }

        if (!ulong.TryParse(hex[split..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        id = new TraceId(high, low);
        return id.IsValid;
    }

    /// <summary>32 lower-case hex digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
