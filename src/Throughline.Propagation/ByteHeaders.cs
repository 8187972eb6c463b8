namespace Throughline.Propagation;

/// <summary>
/// Headers in a table of loosely typed values, as RabbitMQ's <c>BasicProperties.Headers</c>: byte arrays are read,
/// strings too (a client that never went over the wire holds them), anything else is no text and ignored.
/// </summary>
public readonly struct ByteHeaders : IHeaderCarrier
{
    private readonly IDictionary<string, object?> _headers;

    /// <summary>Reads and writes that table; what is written is a byte array.</summary>
    public ByteHeaders(IDictionary<string, object?> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        _headers = headers;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _headers.Keys;

    /// <inheritdoc/>
    public bool TryGet(string name, out HeaderValue value)
    {
        value = default;
        if (!_headers.TryGetValue(name, out object? held))
        {
            return false;
        }

        switch (held)
        {
            case byte[] utf8:
                value = new HeaderValue(utf8.AsSpan());
                return true;
            case string text:
                value = new HeaderValue(text.AsSpan());
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void Set(string name, ReadOnlySpan<byte> utf8) => _headers[name] = utf8.ToArray();

    /// <inheritdoc/>
    public bool Remove(string name) => _headers.Remove(name);
}
