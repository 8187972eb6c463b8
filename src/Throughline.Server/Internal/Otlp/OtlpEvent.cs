namespace Throughline.Server.Internal.Otlp;

/// <summary>A span's event, where it lies.</summary>
internal readonly ref struct OtlpEvent
{
    private readonly ReadOnlySpan<byte> _message;

    private OtlpEvent(ReadOnlySpan<byte> message, long timeUnixNs, ReadOnlySpan<byte> name, uint droppedAttributes)
    {
        _message = message;
        TimeUnixNs = timeUnixNs;
        Name = name;
        DroppedAttributes = droppedAttributes;
    }

    public long TimeUnixNs { get; }

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; }

    public uint DroppedAttributes { get; }

    public OtlpAttributes Attributes => new(_message, OtlpTags.Event.Attributes);

    /// <exception cref="MalformedOtlpException">It is none.</exception>
    public static OtlpEvent Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        long time = 0;
        uint dropped = 0;
        ReadOnlySpan<byte> name = default;
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case OtlpTags.Event.Time:
                    time = reader.Time;
                    break;
                case OtlpTags.Event.Name:
                    name = reader.Bytes;
                    break;
                case OtlpTags.Event.DroppedAttributes:
                    dropped = (uint)reader.Number;
                    break;
            }
        }

        return new OtlpEvent(message, time, name, dropped);
    }
}
