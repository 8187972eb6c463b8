using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>A copy of a caller's message that serves one send after the other.</summary>
internal sealed class ReusableMessage<TKey, TValue> : Message<TKey, TValue>
{
    internal ReusableMessage() => Headers = [];

    internal TraceParentHeader TraceParent { get; } = new();

    /// <summary>Lets go of what was sent.</summary>
    internal void Empty()
    {
        Key = default!;
        Value = default!;
        if (Headers.BackingList is List<IHeader> list)
        {
            list.Clear();
        }
        else
        {
            Headers = [];
        }
    }
}
