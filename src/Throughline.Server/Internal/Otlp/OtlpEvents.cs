namespace Throughline.Server.Internal.Otlp;

/// <summary>A span's events, one after another: <c>foreach (var e in OtlpSpan.Events(body))</c>.</summary>
internal ref struct OtlpEvents(ReadOnlySpan<byte> span)
{
    private ProtoReader _reader = new(span);

    public readonly OtlpEvent Current => OtlpEvent.Read(_reader.Bytes);

    public readonly OtlpEvents GetEnumerator() => this;

    /// <exception cref="MalformedOtlpException">The message is none.</exception>
    public bool MoveNext()
    {
        while (_reader.Next())
        {
            if (_reader.Tag == OtlpTags.Span.Events)
            {
                return true;
            }
        }

        return false;
    }
}
