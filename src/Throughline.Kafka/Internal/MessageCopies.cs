using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Kafka.Internal.Sizes;

namespace Throughline.Kafka.Internal;

/// <summary>
/// The copies of callers' messages that carry a context. Where the client keeps no message, one copy with its headers
/// serves the next send too, which saves each 256 B: all that carrying a context costs.
/// </summary>
internal sealed class MessageCopies<TKey, TValue>(Tracing tracing, InnerClient client, HeaderBytes headerBytes)
{
    private ReusableMessage<TKey, TValue>? _spare;

    /// <summary>A copy that carries the context and the baggage; <paramref name="message"/> itself when there is nothing to carry.</summary>
    /// <param name="topic">Where it is sent.</param>
    /// <param name="message">The caller's message.</param>
    /// <param name="context">The context, or none.</param>
    /// <param name="baggage">The baggage, or none.</param>
    /// <param name="comesBack">The copy will be given to <see cref="TakeBack"/>.</param>
    internal Message<TKey, TValue> Carrying(
        string topic, Message<TKey, TValue> message, in ActivityContext context, in Baggage baggage, bool comesBack)
    {
        var hasContext = context.TraceId != default;
        if ((!hasContext && baggage.Count == 0) || tracing.Propagator.InjectsNothing)
        {
            return WithCorrelationId(topic, message, context);
        }

        var room = (hasContext ? 1 : 0) + (context.TraceState is null ? 0 : 1) + (baggage.Count > 0 ? 1 : 0);
        var reusable = comesBack && client.KeepsNoMessages ? Interlocked.Exchange(ref _spare, null) ?? new() : null;
        var copy = reusable ?? NewCopy(message.Headers, room);

        // With baggage alone the message keeps whatever trace it has.
        Fill(copy, message, withContext: !hasContext);
        var ownHeaders = copy.Headers.Count;
        var carrier = new KafkaHeaders(copy.Headers, reusable?.TraceParent);
        tracing.Propagator.Inject(context, baggage, carrier, carrierIsClean: hasContext);
        AddCorrelationId(copy.Headers, context);
        headerBytes.Tell(topic, copy, ownHeaders);
        return copy;
    }

    /// <summary>The message in its own creation context: in its headers already, or written into those of a copy.</summary>
    internal Message<TKey, TValue> Created(string topic, Message<TKey, TValue> message, in ActivityContext created, in Baggage baggage) =>
        message is MessageWithCreationContext<TKey, TValue> { Created: not null }
            ? Carrying(topic, message, created, baggage, comesBack: false)
            : WithCorrelationId(topic, message, created);

    /// <summary>
    /// A copy without what tracing added. Trace headers of the caller's that the first copy still had stay; those that it
    /// had replaced are of another trace, and stay away.
    /// </summary>
    internal UntracedMessage<TKey, TValue> WithoutContext(in OutgoingMessage<TKey, TValue> refused)
    {
        var given = refused.Given;
        var copy = new UntracedMessage<TKey, TValue> { Key = given.Key, Value = given.Value, Timestamp = given.Timestamp, Headers = [] };
        foreach (var header in given.Headers ?? [])
        {
            if (!tracing.Propagator.IsContextHeader(header.Key) || refused.Message.Headers.BackingList.Contains(header))
            {
                copy.Headers.Add(header);
            }
        }

        return copy;
    }

    /// <summary>Takes back what Produce has returned from without throwing.</summary>
    internal void TakeBack(Message<TKey, TValue> sent)
    {
        if (client.KeepsNoMessages && sent is ReusableMessage<TKey, TValue> copy)
        {
            copy.Empty();
            _spare = copy;
        }
    }

    private Message<TKey, TValue> WithCorrelationId(string topic, Message<TKey, TValue> message, in ActivityContext context)
    {
        if (tracing.CorrelationIdHeader is null || context.TraceId == default)
        {
            return message;
        }

        var copy = NewCopy(message.Headers, room: 1);
        Fill(copy, message, withContext: true);
        var ownHeaders = copy.Headers.Count;
        AddCorrelationId(copy.Headers, context);
        headerBytes.Tell(topic, copy, ownHeaders);
        return copy;
    }

    private void AddCorrelationId(Headers headers, in ActivityContext context)
    {
        if (tracing.CorrelationIdHeader is { } name && context.TraceId != default && !new KafkaHeaders(headers).Contains(name))
        {
            headers.Add(name, Encoding.ASCII.GetBytes(context.TraceId.ToHexString()));
        }
    }

    // By itself the list behind it makes room for four at the first one: 24 B too many where it stays alone.
    private static Message<TKey, TValue> NewCopy(Headers? given, int room)
    {
        var headers = new Headers();
        if (headers.BackingList is List<IHeader> list)
        {
            list.Capacity = (given?.Count ?? 0) + room;
        }

        return new() { Headers = headers };
    }

    private void Fill(Message<TKey, TValue> copy, Message<TKey, TValue> message, bool withContext)
    {
        copy.Key = message.Key;
        copy.Value = message.Value;
        copy.Timestamp = message.Timestamp;
        var given = message.Headers;
        for (var i = 0; i < given?.Count; i++)
        {
            if (withContext || !tracing.Propagator.IsContextHeader(given[i].Key))
            {
                copy.Headers.Add(given[i]);
            }
        }
    }
}
