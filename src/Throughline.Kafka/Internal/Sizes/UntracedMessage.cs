using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Sizes;

/// <summary>The second try of a message that the client refused for its size: without what tracing had added.</summary>
internal sealed class UntracedMessage<TKey, TValue> : Message<TKey, TValue>;
