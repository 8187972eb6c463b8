using System.Text;

namespace Throughline.Propagation;

/// <summary>
/// Headers in a dictionary of a client's own value type, as SQS and SNS message attributes. Needs no reference to the
/// client: two functions read and write a value.
/// </summary>
/// <typeparam name="TValue">The client's value type, such as <c>MessageAttributeValue</c>.</typeparam>
public readonly struct AttributeHeaders<TValue> : IHeaderCarrier
{
    private readonly IDictionary<string, TValue> _attributes;
    private readonly Func<TValue, string?> _read;
    private readonly Func<string, TValue> _write;

    /// <summary>Reads and writes that dictionary.</summary>
    /// <param name="attributes">The message's attributes.</param>
    /// <param name="read">The attribute's text; null when it holds none.</param>
    /// <param name="write">An attribute that holds the text.</param>
    public AttributeHeaders(IDictionary<string, TValue> attributes, Func<TValue, string?> read, Func<string, TValue> write)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        _attributes = attributes;
        _read = read;
        _write = write;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _attributes.Keys;

    /// <inheritdoc/>
    public bool TryGet(string name, out HeaderValue value)
    {
        if (_attributes.TryGetValue(name, out TValue? attribute) && _read(attribute) is { } text)
        {
            value = new HeaderValue(text.AsSpan());
            return true;
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public void Set(string name, ReadOnlySpan<byte> utf8) => _attributes[name] = _write(Encoding.UTF8.GetString(utf8));

    /// <inheritdoc/>
    public bool Remove(string name) => _attributes.Remove(name);
}
