using System.Text;

namespace Throughline.Propagation.Fuzz;

/// <summary>Headers as Kafka has them: a list, in which a name may come up more than once.</summary>
internal readonly struct MessageHeaders(List<KeyValuePair<string, byte[]>> headers) : IHeaderCarrier
{
    /// <inheritdoc/>
    public IEnumerable<string> Keys => headers.Select(header => header.Key);

    /// <inheritdoc/>
    public bool TryGet(string name, out HeaderValue value)
    {
        for (int at = headers.Count - 1; at >= 0; at--)
        {
            if (headers[at].Key == name)
            {
                value = new HeaderValue(headers[at].Value.AsSpan());
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public void Set(string name, ReadOnlySpan<byte> utf8)
    {
        Remove(name);
        headers.Add(new(name, utf8.ToArray()));
    }

    /// <inheritdoc/>
    public bool Remove(string name)
    {
        bool isRemoved = false;
        for (int at = headers.Count - 1; at >= 0; at--)
        {
            if (headers[at].Key == name)
            {
                headers.RemoveAt(at);
                isRemoved = true;
            }
        }

        return isRemoved;
    }

    /// <summary>The headers, one a line.</summary>
    public override string ToString() =>
        string.Join('\n', headers.Select(header => $"{header.Key}: {Encoding.UTF8.GetString(header.Value)}"));
}
