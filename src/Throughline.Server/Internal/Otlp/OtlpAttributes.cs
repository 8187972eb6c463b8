namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// The attributes of a message, one after another, where they lie: <c>foreach (var attribute in OtlpSpan.Attributes(body))</c>.
/// </summary>
/// <param name="message">Whatever has attributes: Span, Resource, InstrumentationScope, Event, Link, LogRecord, KeyValueList.</param>
/// <param name="tag">The field that they are in it, of <see cref="OtlpTags"/>.</param>
internal ref struct OtlpAttributes(ReadOnlySpan<byte> message, uint tag)
{
    private ProtoReader _reader = new(message);

    public readonly OtlpAttribute Current => OtlpAttribute.Read(_reader.Bytes);

    public readonly OtlpAttributes GetEnumerator() => this;

    /// <exception cref="MalformedOtlpException">The message is none.</exception>
    public bool MoveNext()
    {
        while (_reader.Next())
        {
            if (_reader.Tag == tag)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks for one attribute, from the beginning.</summary>
    public readonly bool TryFind(ReadOnlySpan<byte> key, out OtlpValue value)
    {
        foreach (var attribute in this)
        {
            if (attribute.Key.SequenceEqual(key))
            {
                value = attribute.Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
