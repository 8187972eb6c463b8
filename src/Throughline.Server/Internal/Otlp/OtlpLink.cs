using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>A span's link, where it lies.</summary>
internal readonly ref struct OtlpLink
{
    private readonly ReadOnlySpan<byte> _message;

    private OtlpLink(ReadOnlySpan<byte> message, SpanKey key, ReadOnlySpan<byte> traceState, uint flags, uint droppedAttributes)
    {
        _message = message;
        Key = key;
        TraceState = traceState;
        Flags = flags;
        DroppedAttributes = droppedAttributes;
    }

    /// <summary>What is linked to; a zero in it where the link had no valid id.</summary>
    public SpanKey Key { get; }

    /// <summary>Whether it names a span: ids of the right length that are not all zero.</summary>
    public bool IsValid => Key.TraceId.IsValid && Key.SpanId != 0;

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> TraceState { get; }

    public uint Flags { get; }

    public uint DroppedAttributes { get; }

    public OtlpAttributes Attributes => new(_message, OtlpTags.Link.Attributes);

    /// <exception cref="MalformedOtlpException">It is none.</exception>
    public static OtlpLink Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        TraceId trace = default;
        ulong span = 0;
        uint flags = 0, dropped = 0;
        ReadOnlySpan<byte> state = default;
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case OtlpTags.Link.TraceId:
                    OtlpIds.TryReadTrace(reader.Bytes, out trace);
                    break;
                case OtlpTags.Link.SpanId:
                    OtlpIds.TryReadSpan(reader.Bytes, out span);
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

        return new OtlpLink(message, new SpanKey(trace, span), state, flags, dropped);
    }
}
