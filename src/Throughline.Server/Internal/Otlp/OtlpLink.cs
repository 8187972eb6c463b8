using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>A span's link, where it lies.</summary>
internal readonly ref struct OtlpLink
{
    private readonly ReadOnlySpan<byte> _message;

    private OtlpLink(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>The id's bytes as received, whatever their length.</summary>
    public ReadOnlySpan<byte> TraceIdBytes { get; private init; }

    /// <summary>The id's bytes as received, whatever their length.</summary>
    public ReadOnlySpan<byte> SpanIdBytes { get; private init; }

    /// <summary>What is linked to; a zero in it where the link had no valid id.</summary>
    public SpanKey Key
    {
        get
        {
            OtlpIds.TryReadTrace(TraceIdBytes, out var trace);
            OtlpIds.TryReadSpan(SpanIdBytes, out var span);
            return new SpanKey(trace, span);
        }
    }

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> TraceState { get; private init; }

    public uint Flags { get; private init; }

    /// <summary>Whether the span linked to was sampled; null where there are no flags, which is what older SDKs write.</summary>
    public bool? IsSampled => Flags == 0 ? null : (Flags & 1) != 0;

    public uint DroppedAttributes { get; private init; }

    public OtlpAttributes Attributes => new(_message, OtlpTags.Link.Attributes);

    /// <exception cref="MalformedOtlpException">It is none.</exception>
    public static OtlpLink Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        ReadOnlySpan<byte> trace = default, span = default, state = default;
        uint flags = 0, dropped = 0;
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case OtlpTags.Link.TraceId:
                    trace = reader.Bytes;
                    break;
                case OtlpTags.Link.SpanId:
                    span = reader.Bytes;
                    break;
                case OtlpTags.Link.TraceState:
                    state = reader.Bytes;
                    break;
                case OtlpTags.Link.DroppedAttributes:
                    dropped = (uint)reader.Number;
                    break;
                case OtlpTags.Link.Flags:
                    flags = (uint)reader.Number;
                    break;
            }
        }

        return new OtlpLink(message)
        {
            TraceIdBytes = trace,
            SpanIdBytes = span,
            TraceState = state,
            Flags = flags,
            DroppedAttributes = dropped,
        };
    }
}
