namespace Throughline.Propagation.Fuzz;

/// <summary>
/// Headers in buffers made beforehand, so that what is measured is the codec and not the message's own header objects.
/// </summary>
internal sealed class SlotHeaders : IHeaderCarrier
{
    private const int ValueLengthMax = 8192;

    private readonly string[] _names = ["traceparent", "tracestate", "baggage"];
    private readonly byte[][] _values = [new byte[ValueLengthMax], new byte[ValueLengthMax], new byte[ValueLengthMax]];
    private readonly int[] _lengths = [-1, -1, -1];

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _names.Where((_, at) => _lengths[at] >= 0);

    /// <inheritdoc/>
    public bool TryGet(string name, out HeaderValue value)
    {
        int at = Array.IndexOf(_names, name);
        bool isThere = at >= 0 && _lengths[at] >= 0;
        value = isThere ? new HeaderValue(_values[at].AsSpan(0, _lengths[at])) : default;
        return isThere;
    }

    /// <inheritdoc/>
    public void Set(string name, ReadOnlySpan<byte> utf8)
    {
        int at = Array.IndexOf(_names, name);
        utf8.CopyTo(_values[at]);
        _lengths[at] = utf8.Length;
    }

    /// <inheritdoc/>
    public bool Remove(string name)
    {
        int at = Array.IndexOf(_names, name);
        bool isThere = at >= 0 && _lengths[at] >= 0;
        if (isThere)
        {
            _lengths[at] = -1;
        }

        return isThere;
    }
}
