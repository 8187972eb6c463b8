namespace Throughline.Server.Internal.Otlp;

/// <summary>A span's links, one after another: <c>foreach (var link in OtlpSpan.Links(body))</c>.</summary>
internal ref struct OtlpLinks(ReadOnlySpan<byte> span)
{
    private ProtoReader _reader = new(span);

    public readonly OtlpLink Current => OtlpLink.Read(_reader.Bytes);

    public readonly OtlpLinks GetEnumerator() => this;

    /// <exception cref="MalformedOtlpException">The message is none.</exception>
    public bool MoveNext()
    {
        while (_reader.Next())
        {
            if (_reader.Tag == OtlpTags.Span.Links)
            {
                return true;
            }
        }

        return false;
    }
}
