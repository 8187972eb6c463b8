using System.Buffers.Binary;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>Ids as OTLP has them: bytes of one length that are not all zero.</summary>
internal static class OtlpIds
{
    public const int SpanIdSize = 8;

    public static bool TryReadTrace(ReadOnlySpan<byte> bytes, out TraceId id)
    {
        id = bytes.Length == TraceId.Size ? TraceId.Read(bytes) : default;
        return id.IsValid;
    }

    public static bool TryReadSpan(ReadOnlySpan<byte> bytes, out ulong id)
    {
        id = bytes.Length == SpanIdSize ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
        return id != 0;
    }

    /// <summary>What is wrong with an id that could not be read, in words for its sender.</summary>
    public static string Problem(string field, ReadOnlySpan<byte> bytes, int size) =>
        bytes.Length == 0 ? $"{field} is missing; it has {size} bytes"
        : bytes.Length == size ? $"{field} is all zeros, which W3C and OTLP call invalid"
        : $"{field} has {bytes.Length} bytes; it has to have {size}";
}
