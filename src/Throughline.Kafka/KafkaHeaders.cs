using System.Text;
using Confluent.Kafka;
using Throughline.Kafka.Internal;
using Throughline.Propagation;

namespace Throughline.Kafka;

/// <summary>A record's headers as a carrier of context. Names are compared by ordinal, as Kafka does.</summary>
/// <param name="headers">The headers to read and write.</param>
public readonly struct KafkaHeaders(Headers headers) : IHeaderCarrier
{
    private readonly TraceParentHeader? _traceParent;

    // With a header to write traceparent into.
    internal KafkaHeaders(Headers headers, TraceParentHeader? traceParent)
        : this(headers)
    {
        _traceParent = traceParent;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Keys => headers.Select(header => header.Key);

    /// <inheritdoc/>
    public bool TryGet(string name, out HeaderValue value)
    {
        // The last one wins, as in Java's Headers.lastHeader.
        for (var i = headers.Count - 1; i >= 0; i--)
        {
            var header = headers[i];
            if (header.Key == name)
            {
                value = new HeaderValue(header.GetValueBytes());
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
        if (_traceParent is not null && _traceParent.TryWrite(name, utf8))
        {
            headers.Add(_traceParent);
        }
        else
        {
            headers.Add(name, utf8.ToArray());
        }
    }

    /// <inheritdoc/>
    public bool Remove(string name)
    {
        // Headers.Remove makes a closure and scans: only when there is something to remove.
        if (!Contains(name))
        {
            return false;
        }

        headers.Remove(name);
        return true;
    }

    internal bool Contains(string name)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (headers[i].Key == name)
            {
                return true;
            }
        }

        return false;
    }

    internal static int SizeOf(IHeader header) =>
        Encoding.UTF8.GetByteCount(header.Key) + (header.GetValueBytes()?.Length ?? 0);
}
