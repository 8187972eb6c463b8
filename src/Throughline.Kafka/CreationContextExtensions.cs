using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Kafka.Internal;
using Throughline.Propagation;

namespace Throughline.Kafka;

/// <summary>Marks a message's context as deliberate: made when the message was created, before any send.</summary>
/// <remarks>Semantic conventions 1.44, messaging spans, "Context propagation": a send links to a creation context that is there.</remarks>
public static class CreationContextExtensions
{
    /// <summary>
    /// A copy of <paramref name="message"/> whose trace headers stay as they are: the send is a CLIENT span that links to
    /// them, and consumers see the context that is in them.
    /// </summary>
    public static Message<TKey, TValue> UseCreationContext<TKey, TValue>(this Message<TKey, TValue> message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var headers = new Headers();
        foreach (var header in message.Headers ?? [])
        {
            headers.Add(header);
        }

        return new MessageWithCreationContext<TKey, TValue>
        {
            Key = message.Key,
            Value = message.Value,
            Timestamp = message.Timestamp,
            Headers = headers,
        };
    }

    /// <summary>
    /// The same, with <paramref name="context"/> written into the copy's headers by the propagators in force, in place of
    /// any that were there.
    /// </summary>
    public static Message<TKey, TValue> UseCreationContext<TKey, TValue>(this Message<TKey, TValue> message, ActivityContext context)
    {
        var marked = message.UseCreationContext();
        ContextPropagator.Default.Inject(context, OpenTelemetry.Baggage.Current, new KafkaHeaders(marked.Headers));
        return marked;
    }
}
