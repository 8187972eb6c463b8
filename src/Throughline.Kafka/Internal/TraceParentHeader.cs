using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>A <c>traceparent</c> header that is written over for each send.</summary>
internal sealed class TraceParentHeader : IHeader
{
    private readonly byte[] _value = new byte[TraceParent.Length];

    public string Key => "traceparent";

    public byte[] GetValueBytes() => _value;

    /// <returns><see langword="false"/> for another header, or a value of another length.</returns>
    internal bool TryWrite(string name, ReadOnlySpan<byte> utf8)
    {
        if (name != Key || utf8.Length != _value.Length)
        {
            return false;
        }

        utf8.CopyTo(_value);
        return true;
    }
}
