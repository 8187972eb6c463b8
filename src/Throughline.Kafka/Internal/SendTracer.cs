using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>Starts sends: the span, and the copy of the message that carries its context.</summary>
/// <param name="tracing">The client's options.</param>
/// <param name="isConfluents">
/// The inner client is Confluent's own: it calls a delivery handler once at most, and keeps no message after Produce has
/// returned, so what a send needs can be used again for the next one.
/// </param>
internal sealed class SendTracer<TKey, TValue>(Tracing tracing, bool isConfluents)
{
    private readonly SpanShapes _sends = new(Operation.Send, tracing.Client);
    private readonly SpanShapes _createdSends = new(Operation.SendCreated, tracing.Client);
    private Message<TKey, TValue>? _spareCopy;

    internal SendsInFlight<TKey, TValue> InFlight { get; } = new(reportsOnce: isConfluents);

    /// <summary>
    /// The tracing of a send, whole: 1. a context that is on the message deliberately stays; 2. start the span, without
    /// leaving it current; 3. copy the message and put the context on the copy. Never throws.
    /// </summary>
    /// <returns><see langword="false"/> when there is nothing to do: the message goes as it is, followed by nobody.</returns>
    internal bool TryBegin(in Destination to, Message<TKey, TValue> message, out OutgoingMessage<TKey, TValue> outgoing)
    {
        // Apart from the rest, so that nothing else is set up when there is nothing to do.
        var ambient = AmbientContext.Take();
        if ((ambient.IsEmpty && !Telemetry.Spans.HasListeners() && !Telemetry.SendMetricsEnabled) || message is null || to.Topic is null)
        {
            outgoing = default;
            return false;
        }

        outgoing = Begin(to, message, ambient);
        return true;
    }

    /// <summary>The caller's message without any trace headers, its own included.</summary>
    internal Message<TKey, TValue> WithoutContext(in OutgoingMessage<TKey, TValue> outgoing) =>
        WithHeaders(outgoing.Given, OtherHeaders(outgoing.Given.Headers, room: 0));

    /// <summary>Takes back what Produce has returned from without throwing: 56 B less for the next send.</summary>
    internal void Reuse(in OutgoingMessage<TKey, TValue> outgoing)
    {
        if (isConfluents && outgoing.IsCopy)
        {
            var copy = outgoing.Message;
            (copy.Key, copy.Value, copy.Headers) = (default!, default!, null!);
            _spareCopy = copy;
        }
    }

    internal static void CountHeadersDropped(in Destination to) =>
        Telemetry.HeadersDropped.Add(1, new KeyValuePair<string, object?>(AttributeNames.DestinationName, to.Topic));

    private OutgoingMessage<TKey, TValue> Begin(in Destination to, Message<TKey, TValue> message, in AmbientContext ambient)
    {
        SendSpan<TKey, TValue>? span = null;
        try
        {
            // 1. The caller's own creation context.
            if (TryGetCreatedContext(message, out var created))
            {
                Start(_createdSends, to, message, ambient, [new ActivityLink(created)], out span);
                return new(message, span, message);
            }

            // 2. The span's context; the ambient one where no span is made.
            var context = Start(_sends, to, message, ambient, links: null, out span);

            // 3. The copy.
            return new(Carrying(message, context, ambient.Baggage), span, message);
        }
        catch (Exception exception)
        {
            Faults.Contain("send.start", exception);
            return new(message, span, message);
        }
    }

    // Returns the context to send along, and the span where one is recorded or metrics are.
    private ActivityContext Start(
        SpanShapes shapes,
        in Destination to,
        Message<TKey, TValue> message,
        in AmbientContext ambient,
        ActivityLink[]? links,
        out SendSpan<TKey, TValue>? span)
    {
        var shape = shapes.Of(to.Topic!, to.Partition.Value);
        var activity = AsideSpan.Start(shapes.Operation, shape, ambient.Activity, links);
        var context = activity is null ? ambient.TraceContext : activity.Context;
        if (activity is { IsAllDataRequested: false })
        {
            // Made for its context only: nobody will see it.
            AsideSpan.Stop(activity);
            activity = null;
        }

        span = activity is null && !Telemetry.SendMetricsEnabled
            ? null
            : InFlight.Begin(new StartedSend(tracing, shape, activity, ambient.Baggage));
        if (activity is not null)
        {
            tracing.Capture.Tell(activity, message);
            if (tracing.EnrichSend is { } enrich)
            {
                Enrich(enrich, activity, to.Topic!, message);
            }
        }

        return context;
    }

    private static void Enrich(
        Action<Activity, string, MessageMetadata> enrich, Activity activity, string topic, MessageMetadata message)
    {
        try
        {
            enrich(activity, topic, message);
        }
        catch (Exception exception)
        {
            Faults.Contain("hook.enrich_send", exception);
        }
    }

    private bool TryGetCreatedContext(Message<TKey, TValue> message, out ActivityContext created)
    {
        if (message.Headers is { Count: > 0 } headers
            && (tracing.ExistingContext == ExistingContext.Link || message is MessageWithCreationContext<TKey, TValue>))
        {
            created = tracing.Propagator.Extract(new KafkaHeaders(headers)).ToActivityContext();
            return IsThere(created);
        }

        created = default;
        return false;
    }

    private Message<TKey, TValue> Carrying(
        Message<TKey, TValue> message, in ActivityContext context, in Baggage baggage)
    {
        var hasContext = IsThere(context);
        if ((!hasContext && baggage.Count == 0) || tracing.Propagator.InjectsNothing)
        {
            return message;
        }

        // With baggage alone the message keeps whatever trace it has.
        var room = (hasContext ? 1 : 0) + (context.TraceState is null ? 0 : 1) + (baggage.Count > 0 ? 1 : 0);
        var headers = hasContext ? OtherHeaders(message.Headers, room) : Copy(message.Headers, room);
        var carrier = new KafkaHeaders(headers);
        tracing.Propagator.Inject(context, baggage, carrier, carrierIsClean: hasContext);
        if (hasContext && tracing.CorrelationIdHeader is { } name && !carrier.Contains(name))
        {
            headers.Add(name, Encoding.ASCII.GetBytes(context.TraceId.ToHexString()));
        }

        return WithHeaders(message, headers);
    }

    // Comparing whole contexts costs 10 ns each time.
    private static bool IsThere(in ActivityContext context) => context.TraceId != default;

    private Headers OtherHeaders(Headers? given, int room)
    {
        var headers = HeadersFor(given, room);
        for (var i = 0; i < given?.Count; i++)
        {
            if (!tracing.Propagator.IsContextHeader(given[i].Key))
            {
                headers.Add(given[i]);
            }
        }

        return headers;
    }

    private static Headers Copy(Headers? given, int room)
    {
        var headers = HeadersFor(given, room);
        for (var i = 0; i < given?.Count; i++)
        {
            headers.Add(given[i]);
        }

        return headers;
    }

    // By itself the list behind it makes room for four at the first one: 24 B too many where it stays alone.
    private static Headers HeadersFor(Headers? given, int room)
    {
        var headers = new Headers();
        if (headers.BackingList is List<IHeader> list)
        {
            list.Capacity = (given?.Count ?? 0) + room;
        }

        return headers;
    }

    private Message<TKey, TValue> WithHeaders(Message<TKey, TValue> message, Headers headers)
    {
        var copy = (_spareCopy is null ? null : Interlocked.Exchange(ref _spareCopy, null)) ?? new();
        copy.Key = message.Key;
        copy.Value = message.Value;
        copy.Timestamp = message.Timestamp;
        copy.Headers = headers;
        return copy;
    }
}
