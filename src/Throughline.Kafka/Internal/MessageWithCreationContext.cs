using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>A message that was created in a context of its own: a send leaves that alone and links to it.</summary>
internal sealed class MessageWithCreationContext<TKey, TValue> : Message<TKey, TValue>
{
    /// <summary>The context, where it is not in the headers yet: the send writes it, by its own propagator.</summary>
    internal ActivityContext? Created { get; init; }
}
