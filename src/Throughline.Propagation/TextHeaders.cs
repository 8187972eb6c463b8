using System.Text;

namespace Throughline.Propagation;

/// <summary>Headers in a dictionary of strings.</summary>
/// <remarks>A dictionary with a case-insensitive comparer keeps its own idea of a name.</remarks>
public readonly struct TextHeaders : IHeaderCarrier
{
    private readonly IDictionary<string, string> _headers;

    /// <summary>Reads and writes that dictionary.</summary>
    public TextHeaders(IDictionary<string, string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        _headers = headers;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _headers.Keys;

    /// <inheritdoc/>
    public bool TryGet(string name, out HeaderValue value)
    {
        if (_headers.TryGetValue(name, out string? text) && text is not null)
        {
            value = new HeaderValue(text.AsSpan());
            return true;
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public void Set(string name, ReadOnlySpan<byte> utf8) => _headers[name] = Encoding.UTF8.GetString(utf8);

    /// <inheritdoc/>
    public bool Remove(string name) => _headers.Remove(name);
}
