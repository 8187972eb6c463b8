using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Kafka.Internal.Transactions;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>Starts sends: the span, and the copy of the message that carries its context.</summary>
internal sealed class SendTracer<TKey, TValue>(
    Tracing tracing, InnerClient client, HeaderBytes headerBytes, string? transactionalId)
{
    private readonly SpanShapes _sends = new(Operation.Send, tracing.Client);
    private readonly SpanShapes _createdSends = new(Operation.SendCreated, tracing.Client);

    internal SendsInFlight<TKey, TValue> InFlight { get; } = new(client);

    internal TransactionTracer Transactions { get; } = new(tracing, transactionalId);

    internal MessageCopies<TKey, TValue> Copies { get; } = new(tracing, client, headerBytes);

    /// <summary>
    /// The tracing of a send, whole: 1. a context that is on the message deliberately stays; 2. start the span, without
    /// leaving it current; 3. copy the message and put the context on the copy. Never throws.
    /// </summary>
    /// <param name="to">Where it is sent.</param>
    /// <param name="message">The caller's message.</param>
    /// <param name="outgoing">What to send.</param>
    /// <param name="comesBack">The copy will be given back to <see cref="Copies"/>.</param>
    /// <returns><see langword="false"/> when there is nothing to do: the message goes as it is, followed by nobody.</returns>
    internal bool TryBegin(
        in Destination to, Message<TKey, TValue> message, out OutgoingMessage<TKey, TValue> outgoing, bool comesBack)
    {
        // Apart from the rest, so that nothing else is set up when there is nothing to do.
        var ambient = AmbientContext.Take();
        if ((ambient.IsEmpty && !Telemetry.Spans.HasListeners() && !Telemetry.SendMetricsEnabled) || message is null || to.Topic is null)
        {
            outgoing = default;
            return false;
        }

        outgoing = Begin(to, message, ambient, comesBack);
        return true;
    }

    internal static void CountHeadersDropped(in Destination to)
    {
        try
        {
            Telemetry.HeadersDropped.Add(1, new KeyValuePair<string, object?>(AttributeNames.DestinationName, to.Topic));
        }
        catch (Exception exception)
        {
            Faults.Contain("send.count", exception);
        }
    }

    private OutgoingMessage<TKey, TValue> Begin(
        in Destination to, Message<TKey, TValue> message, in AmbientContext ambient, bool comesBack)
    {
        SendSpan<TKey, TValue>? span = null;
        try
        {
            // 1. The caller's own creation context.
            if (TryGetCreatedContext(message, out var created))
            {
                Start(_createdSends, to, message, ambient, [new ActivityLink(created)], out span);
                return new(Copies.Created(to.Topic!, message, created, ambient.Baggage), span, message);
            }

            // 2. The span's context; the ambient one where no span is made.
            var context = Start(_sends, to, message, ambient, links: null, out span);

            // 3. The copy.
            return new(Copies.Carrying(to.Topic!, message, context, ambient.Baggage, comesBack), span, message);
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
        var plain = shapes.Of(to.Topic!, to.Partition.Value);
        var transaction = Transactions.Open;
        var shape = transaction?.ShapeOf(plain) ?? plain;
        MeasuringFlow flow = default;
        var activity = Telemetry.Spans.HasListeners() && tracing.Hooks.Traces(to, message)
            ? AsideSpan.Start(shapes.Operation, shape, ambient.Activity, links, shapes.LeanStarts, out flow)
            : null;
        var context = activity is null ? ambient.TraceContext : activity.Context;
        if (activity is { IsAllDataRequested: false })
        {
            // Made for its context only: nobody will see it.
            AsideSpan.Stop(activity);
            activity = null;
        }

        transaction?.Sent(activity);
        span = activity is null && !Telemetry.SendMetricsEnabled
            ? null
            : InFlight.Begin(new StartedSend(tracing, shape, activity, FlowOf(activity, flow), ambient.Baggage));
        if (activity is not null)
        {
            Tell(activity, to, message);
        }

        return context;
    }

    // Kept only for metrics: a flow holds whatever the caller's has. Where no span is recorded, the caller's own may be.
    private static MeasuringFlow FlowOf(Activity? activity, in MeasuringFlow flow) =>
        !Telemetry.SendMetricsEnabled ? default : activity is null ? MeasuringFlow.Here() : flow;

    private void Tell(Activity activity, in Destination to, Message<TKey, TValue> message)
    {
        try
        {
            tracing.Capture.Tell(activity, to.Topic, message);
        }
        catch (Exception exception)
        {
            Faults.Contain("send.tell", exception);
        }

        tracing.Hooks.Enrich(activity, to, message);
    }

    private bool TryGetCreatedContext(Message<TKey, TValue> message, out ActivityContext created)
    {
        if (message is MessageWithCreationContext<TKey, TValue> { Created: { } given })
        {
            created = given;
            return true;
        }

        if (message.Headers is { Count: > 0 } headers
            && (tracing.ExistingContext == ExistingContext.Link || message is MessageWithCreationContext<TKey, TValue>))
        {
            created = tracing.Propagator.Extract(new KafkaHeaders(headers)).ToActivityContext();
            return created.TraceId != default;
        }

        created = default;
        return false;
    }
}
