using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Kafka.Internal;

namespace Throughline.Kafka;

/// <summary>Marks a message's context as deliberate: made when the message was created, before any send.</summary>
/// <remarks>Semantic conventions 1.44, messaging spans, "Context propagation": a send links to a creation context that is there.</remarks>
public static class CreationContextExtensions
{
    /// <summary>
    /// A copy of <paramref name="message"/> whose trace headers stay as they are: the send is a CLIENT span that links to
    /// them, and consumers see the context that is in them.
    /// </summary>
    public static Message<TKey, TValue> UseCreationContext<TKey, TValue>(this Message<TKey, TValue> message) =>
        Marked(message, created: null);

    /// <summary>
    /// The same, with <paramref name="context"/> in place of any that is in the headers: the send writes it, by the
    /// producer's propagator.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="context"/> has no trace id.</exception>
    public static Message<TKey, TValue> UseCreationContext<TKey, TValue>(this Message<TKey, TValue> message, ActivityContext context)
    {
        if (context.TraceId == default)
        {
            throw new ArgumentException("The creation context has no trace id; allowed: the context of a span.", nameof(context));
        }

        return Marked(message, context);
    }

    private static MessageWithCreationContext<TKey, TValue> Marked<TKey, TValue>(
        Message<TKey, TValue> message, ActivityContext? created)
    {
        ArgumentNullException.ThrowIfNull(message);
        var headers = new Headers();
        foreach (var header in message.Headers ?? [])
        {
            headers.Add(header);
        }

        return new()
        {
            Key = message.Key,
            Value = message.Value,
            Timestamp = message.Timestamp,
            Headers = headers,
            Created = created,
        };
    }
}
