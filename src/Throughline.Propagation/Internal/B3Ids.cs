using System.Buffers;
using System.Text;

namespace Throughline.Propagation.Internal;

/// <summary>B3's ids: lower-case hex, a trace id of 64 or 128 bits, none of them zero.</summary>
internal static class B3Ids
{
    public const int SpanIdLength = 16;
    public const int TraceIdLength = 32;

    public static bool TryParseTraceId(ReadOnlySpan<char> text, out UInt128 traceId)
    {
        ulong upper = 0;
        ulong lower = 0;
        bool isHex = text.Length switch
        {
            SpanIdLength => TryRead(text, out lower),
            TraceIdLength => TryRead(text[..SpanIdLength], out upper) && TryRead(text[SpanIdLength..], out lower),
            _ => false,
        };
        traceId = new UInt128(upper, lower);
        return isHex && traceId != UInt128.Zero;
    }

    public static bool TryParseSpanId(ReadOnlySpan<char> text, out ulong spanId)
    {
        spanId = 0;
        return text.Length == SpanIdLength && TryRead(text, out spanId) && spanId != 0;
    }

    private static bool TryRead(ReadOnlySpan<char> sixteen, out ulong value)
    {
        Span<byte> digits = stackalloc byte[SpanIdLength];
        value = 0;
        return Ascii.FromUtf16(sixteen, digits, out _) == OperationStatus.Done && Hex.TryRead(digits, out value);
    }
}
