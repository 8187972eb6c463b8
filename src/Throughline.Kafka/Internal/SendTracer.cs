using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>Starts sends: the span, and the copy of the message that carries its context.</summary>
internal sealed class SendTracer(Tracing tracing)
{
    private readonly SpanShapes _sends = new(Operation.Send, tracing.Client);
    private readonly SpanShapes _createdSends = new(Operation.SendCreated, tracing.Client);

    internal Tracing Tracing => tracing;

    internal SendsInFlight InFlight { get; } = new();

    /// <summary>
    /// The tracing of a send, whole: 1. a context that is on the message deliberately stays; 2. start the span, without
    /// leaving it current; 3. copy the message and put the context on the copy. Never throws.
    /// </summary>
    /// <returns><see langword="false"/> when there is nothing to do: the message goes as it is, followed by nobody.</returns>
    internal bool TryBegin<TKey, TValue>(
        in Destination to, Message<TKey, TValue> message, out OutgoingMessage<TKey, TValue> outgoing)
    {
        SendSpan<TKey, TValue>? span = null;
        outgoing = default;
        var ambient = AmbientContext.Take();
        if ((ambient.IsEmpty && !Telemetry.Spans.HasListeners() && !Telemetry.SendMetricsEnabled) || message is null || to.Topic is null)
        {
            return false;
        }

        try
        {
            // 1. The caller's own creation context.
            var created = CreatedContext(message);
            if (created != default)
            {
                Start(_createdSends, to, message, ambient, [new ActivityLink(created)], out span);
                outgoing = new(message, span, message);
                return true;
            }

            // 2. The span's context; the ambient one where no span is made.
            var context = Start(_sends, to, message, ambient, links: null, out span);

            // 3. The copy.
            outgoing = new(Carrying(message, context, ambient.Baggage), span, message);
        }
        catch (Exception exception)
        {
            Faults.Contain("send.start", exception);
            outgoing = new(message, span, message);
        }

        return true;
    }

    /// <summary>The caller's message without any trace headers, its own included.</summary>
    internal Message<TKey, TValue> WithoutContext<TKey, TValue>(in OutgoingMessage<TKey, TValue> outgoing) =>
        WithHeaders(outgoing.Given, OtherHeaders(outgoing.Given.Headers));

    internal static void CountHeadersDropped<TKey, TValue>(in Destination to, SendSpan<TKey, TValue>? span)
    {
        Telemetry.HeadersDropped.Add(1, new KeyValuePair<string, object?>(AttributeNames.DestinationName, to.Topic));
        span?.Activity?.SetTag(AttributeNames.HeadersDropped, "record too large");
    }

    // Returns the context to send along, and the span where one is recorded or metrics are.
    private ActivityContext Start<TKey, TValue>(
        SpanShapes shapes,
        in Destination to,
        Message<TKey, TValue> message,
        in AmbientContext ambient,
        ActivityLink[]? links,
        out SendSpan<TKey, TValue>? span)
    {
        var shape = shapes.Of(to.Topic!, to.Partition.Value);
        var activity = AsideSpan.Start(shapes.Operation, shape, ambient.Activity, links);
        var context = activity?.Context ?? ambient.TraceContext;
        if (activity is { IsAllDataRequested: false })
        {
            // Made for its context only: nobody will see it.
            AsideSpan.Stop(activity);
            activity = null;
        }

        span = activity is null && !Telemetry.SendMetricsEnabled ? null : new(this, shape, activity, ambient.Baggage);
        if (activity is not null)
        {
            tracing.Capture.Tell(activity, message);
            Enrich(activity, to.Topic!, message);
        }

        return context;
    }

    private void Enrich(Activity activity, string topic, MessageMetadata message)
    {
        try
        {
            tracing.EnrichSend?.Invoke(activity, topic, message);
        }
        catch (Exception exception)
        {
            Faults.Contain("hook.enrich_send", exception);
        }
    }

    private ActivityContext CreatedContext<TKey, TValue>(Message<TKey, TValue> message)
    {
        var isDeliberate = tracing.ExistingContext == ExistingContext.Link || message is MessageWithCreationContext<TKey, TValue>;
        return isDeliberate && message.Headers is { Count: > 0 } headers
            ? tracing.Propagator.Extract(new KafkaHeaders(headers)).ToActivityContext()
            : default;
    }

    private Message<TKey, TValue> Carrying<TKey, TValue>(
        Message<TKey, TValue> message, in ActivityContext context, in Baggage baggage)
    {
        var hasContext = context != default;
        if ((!hasContext && baggage.Count == 0) || tracing.Propagator.InjectsNothing)
        {
            return message;
        }

        // With baggage alone the message keeps whatever trace it has.
        var headers = hasContext ? OtherHeaders(message.Headers) : Copy(message.Headers);
        var carrier = new KafkaHeaders(headers);
        tracing.Propagator.Inject(context, baggage, carrier, carrierIsClean: hasContext);
        if (hasContext && tracing.CorrelationIdHeader is { } name && !carrier.Contains(name))
        {
            headers.Add(name, Encoding.ASCII.GetBytes(context.TraceId.ToHexString()));
        }

        return WithHeaders(message, headers);
    }

    private Headers OtherHeaders(Headers? given)
    {
        var headers = new Headers();
        for (var i = 0; i < given?.Count; i++)
        {
            if (!tracing.Propagator.IsContextHeader(given[i].Key))
            {
                headers.Add(given[i]);
            }
        }

        return headers;
    }

    private static Headers Copy(Headers? given)
    {
        var headers = new Headers();
        for (var i = 0; i < given?.Count; i++)
        {
            headers.Add(given[i]);
        }

        return headers;
    }

    private static Message<TKey, TValue> WithHeaders<TKey, TValue>(Message<TKey, TValue> message, Headers headers) => new()
    {
        Key = message.Key,
        Value = message.Value,
        Timestamp = message.Timestamp,
        Headers = headers,
    };
}
