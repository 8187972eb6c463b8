namespace Throughline.Server.Internal.Otlp;

/// <summary>One attribute, where it lies.</summary>
internal readonly ref struct OtlpAttribute
{
    private readonly ReadOnlySpan<byte> _value;

    private OtlpAttribute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Key = key;
        _value = value;
    }

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>Read when asked for: whoever looks for one key pays for one value.</summary>
    public OtlpValue Value => OtlpValue.Read(_value);

    /// <summary>Reads a KeyValue message.</summary>
    /// <exception cref="MalformedOtlpException">It is none.</exception>
    public static OtlpAttribute Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        ReadOnlySpan<byte> key = default, value = default;
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.KeyValue.Key)
            {
                key = reader.Bytes;
            }
            else if (reader.Tag == OtlpTags.KeyValue.Value)
            {
                value = reader.Bytes;
            }
        }

        return new OtlpAttribute(key, value);
    }
}
