using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation;

/// <summary>
/// A <c>traceparent</c> header (W3C Trace Context level 2), parsed without allocating: ids as numbers, no strings.
/// </summary>
/// <seealso href="https://www.w3.org/TR/trace-context-2/#traceparent-header"/>
public readonly struct TraceParent : IEquatable<TraceParent>
{
    /// <summary>The bytes of a version 00 header.</summary>
    public const int Length = 55;

    // 00-{32 hex}-{16 hex}-{2 hex}
    private const int TraceIdAt = 3;
    private const int SpanIdAt = 36;
    private const int FlagsAt = 53;
    private const int TraceIdLength = 32;
    private const int SpanIdLength = 16;
    private const int VersionForbidden = 0xFF;

    // sampled | random: what level 2 defines. Every other bit is sent as zero, so it is not kept either.
    private const ActivityTraceFlags FlagsDefined = (ActivityTraceFlags)0x03;

    // Two halves: a field of type UInt128 would align, and pad, every struct around it to 16 bytes.
    private readonly ulong _traceIdUpper;
    private readonly ulong _traceIdLower;

    /// <summary>A header of those ids; of the flags only sampled (0x01) and random (0x02) are kept.</summary>
    public TraceParent(UInt128 traceId, ulong spanId, ActivityTraceFlags flags)
        : this((ulong)(traceId >> 64), (ulong)traceId, spanId, flags)
    {
    }

    private TraceParent(ulong traceIdUpper, ulong traceIdLower, ulong spanId, ActivityTraceFlags flags)
    {
        _traceIdUpper = traceIdUpper;
        _traceIdLower = traceIdLower;
        SpanId = spanId;
        Flags = flags & FlagsDefined;
    }

    /// <summary>Gets the trace id, most significant byte first on the wire.</summary>
    public UInt128 TraceId => new(_traceIdUpper, _traceIdLower);

    /// <summary>Gets the id of the span that wrote the header.</summary>
    public ulong SpanId { get; }

    /// <summary>Gets the sampled (0x01) and random (0x02) flags.</summary>
    public ActivityTraceFlags Flags { get; }

    /// <summary>Gets whether both ids are other than zero. Only such a header is ever parsed or written.</summary>
    public bool IsValid => (_traceIdUpper | _traceIdLower) != 0 && SpanId != 0;

    /// <summary>Whether both name the same span with the same flags.</summary>
    public static bool operator ==(TraceParent left, TraceParent right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(TraceParent left, TraceParent right) => !left.Equals(right);

    /// <summary>Parses a header's bytes; false, and never an exception, for anything level 2 calls invalid.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out TraceParent value)
    {
        value = default;

        // 1. The shape.
        if (utf8.Length < Length || utf8[TraceIdAt - 1] != '-' || utf8[SpanIdAt - 1] != '-' || utf8[FlagsAt - 1] != '-')
        {
            return false;
        }

        // 2. The version: a higher one may say more behind a further dash, 00 may not.
        if (!Hex.TryRead(utf8[0], utf8[1], out byte version) || version == VersionForbidden
            || (utf8.Length > Length && (version == 0 || utf8[Length] != '-')))
        {
            return false;
        }

        // 3. Ids and flags, in lower-case hex.
        if (!Hex.TryRead(utf8.Slice(TraceIdAt, SpanIdLength), out ulong upper)
            || !Hex.TryRead(utf8.Slice(TraceIdAt + SpanIdLength, SpanIdLength), out ulong lower)
            || !Hex.TryRead(utf8.Slice(SpanIdAt, SpanIdLength), out ulong spanId)
            || !Hex.TryRead(utf8[FlagsAt], utf8[FlagsAt + 1], out byte flags)
            || (upper | lower) == 0
            || spanId == 0)
        {
            return false;
        }

        value = new TraceParent(upper, lower, spanId, (ActivityTraceFlags)flags);
        return true;
    }

    /// <summary>Parses a header's text; false, and never an exception, for anything level 2 calls invalid.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TraceParent value)
    {
        // What follows the dash of a higher version is not looked at, whatever it is.
        Span<byte> head = stackalloc byte[Length + 1];
        int length = Math.Min(text.Length, head.Length);
        if (Ascii.FromUtf16(text[..length], head, out _) != System.Buffers.OperationStatus.Done)
        {
            value = default;
            return false;
        }

        return TryParse(head[..length], out value);
    }

    /// <summary>The header that continues that context; not <see cref="IsValid"/> when the context is not.</summary>
    public static TraceParent From(in ActivityContext context)
    {
        Span<byte> digits = stackalloc byte[TraceIdLength];
        Ascii.FromUtf16(context.TraceId.ToHexString(), digits, out _);
        Hex.TryRead(digits, out ulong upper);
        Hex.TryRead(digits[SpanIdLength..], out ulong lower);
        Ascii.FromUtf16(context.SpanId.ToHexString(), digits, out _);
        Hex.TryRead(digits, out ulong spanId);
        return new TraceParent(upper, lower, spanId, context.TraceFlags);
    }

    /// <summary>Writes <see cref="Length"/> bytes, version 00; false when there is no room or no valid id.</summary>
    public bool TryWrite(Span<byte> destination)
    {
        if (destination.Length < Length || !IsValid)
        {
            return false;
        }

        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, TraceId);
        Convert.TryToHexStringLower(id, destination[TraceIdAt..], out _);
        BinaryPrimitives.WriteUInt64BigEndian(id, SpanId);
        Convert.TryToHexStringLower(id[..8], destination[SpanIdAt..], out _);
        WriteFrame(destination, Flags);
        return true;
    }

    /// <summary>The context that this header names.</summary>
    /// <param name="traceState">The tracestate that came with it.</param>
    /// <param name="isRemote">Whether it came from another process.</param>
    public ActivityContext ToActivityContext(string? traceState, bool isRemote)
    {
        if (!IsValid)
        {
            return default;
        }

        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, TraceId);
        ActivityTraceId traceId = ActivityTraceId.CreateFromBytes(id);
        BinaryPrimitives.WriteUInt64BigEndian(id, SpanId);
        ActivitySpanId spanId = ActivitySpanId.CreateFromBytes(id[..8]);
        return new ActivityContext(traceId, spanId, Flags, traceState, isRemote);
    }

    /// <inheritdoc/>
    public bool Equals(TraceParent other) =>
        _traceIdUpper == other._traceIdUpper && _traceIdLower == other._traceIdLower
        && SpanId == other.SpanId && Flags == other.Flags;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TraceParent other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_traceIdUpper, _traceIdLower, SpanId, Flags);

    /// <summary>The header as text; the empty string when it is not <see cref="IsValid"/>.</summary>
    public override string ToString()
    {
        Span<byte> header = stackalloc byte[Length];
        return TryWrite(header) ? Encoding.ASCII.GetString(header) : string.Empty;
    }

    /// <summary>
    /// Writes a context's header straight from the hex strings that its ids hold: a copy, where
    /// <see cref="From"/> and <see cref="TryWrite(Span{byte})"/> would convert to numbers and back.
    /// </summary>
    internal static bool TryWrite(in ActivityContext context, Span<byte> destination)
    {
        ReadOnlySpan<char> traceId = context.TraceId.ToHexString();
        ReadOnlySpan<char> spanId = context.SpanId.ToHexString();
        if (IsZero(traceId) || IsZero(spanId))
        {
            return false;
        }

        Ascii.FromUtf16(traceId, destination.Slice(TraceIdAt, TraceIdLength), out _);
        Ascii.FromUtf16(spanId, destination.Slice(SpanIdAt, SpanIdLength), out _);
        WriteFrame(destination, context.TraceFlags & FlagsDefined);
        return true;
    }

    // Fifteen of sixteen ids are told by their first digit.
    private static bool IsZero(ReadOnlySpan<char> id) => id[0] == '0' && !id.ContainsAnyExcept('0');

    private static void WriteFrame(Span<byte> destination, ActivityTraceFlags flags)
    {
        "00-"u8.CopyTo(destination);
        destination[SpanIdAt - 1] = (byte)'-';
        destination[FlagsAt - 1] = (byte)'-';
        destination[FlagsAt] = (byte)'0';
        destination[FlagsAt + 1] = (byte)('0' + (int)flags);
    }
}
