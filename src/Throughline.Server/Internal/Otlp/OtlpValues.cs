namespace Throughline.Server.Internal.Otlp;

/// <summary>The values of an array, one after another: <c>foreach (var item in value.Items)</c>.</summary>
internal ref struct OtlpValues(ReadOnlySpan<byte> arrayValue)
{
    private ProtoReader _reader = new(arrayValue);

    public readonly OtlpValue Current => OtlpValue.Read(_reader.Bytes);

    public readonly OtlpValues GetEnumerator() => this;

    /// <exception cref="MalformedOtlpException">The message is none.</exception>
    public bool MoveNext()
    {
        while (_reader.Next())
        {
            if (_reader.Tag == OtlpTags.Values.Items)
            {
                return true;
            }
        }

        return false;
    }
}
