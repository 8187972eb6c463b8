using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Capture;

/// <summary>Key and value of <see cref="Message{TKey,TValue}"/>. One a pair of types, so that a hook's call costs no object.</summary>
internal sealed class TypedContent<TKey, TValue> : RecordContent
{
    internal static readonly TypedContent<TKey, TValue> Instance = new();

    private TypedContent()
    {
    }

    internal static TracedRecord Of(ConsumeResult<TKey, TValue> result) =>
        new(result.Topic ?? string.Empty, result.Partition, result.Offset, result.Message, Instance);

    internal static TracedRecord Of(in Destination to, Message<TKey, TValue> message) =>
        new(to.Topic ?? string.Empty, to.Partition, Offset.Unset, message, Instance);

    internal override object? KeyOf(MessageMetadata message) => ((Message<TKey, TValue>)message).Key;

    internal override object? ValueOf(MessageMetadata message) => ((Message<TKey, TValue>)message).Value;
}
