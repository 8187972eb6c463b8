using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>A message whose trace headers are its creation context: a send leaves them alone and links to them.</summary>
internal sealed class MessageWithCreationContext<TKey, TValue> : Message<TKey, TValue>;
