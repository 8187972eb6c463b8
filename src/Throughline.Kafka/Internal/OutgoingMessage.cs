using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures;
using Throughline.Kafka.Internal.Sizes;

namespace Throughline.Kafka.Internal;

/// <summary>A message on its way into the inner client: what goes, who follows it, and what the caller gave.</summary>
internal readonly record struct OutgoingMessage<TKey, TValue>(
    Message<TKey, TValue> Message, SendSpan<TKey, TValue>? Span, Message<TKey, TValue> Given)
{
    /// <summary>Whether headers were added, on a copy.</summary>
    internal bool IsCopy => !ReferenceEquals(Message, Given);

    internal void TellHeadersDropped() => Span?.Activity?.SetTag(AttributeNames.HeadersDropped, "record too large");

    internal void Deliver(DeliveryResult<TKey, TValue>? result)
    {
        GiveBack(result);
        if (result is null)
        {
            // A mock's answer.
            Span?.EndUnknown();
        }
        else
        {
            Span?.Deliver(result);
        }
    }

    internal void Fail(Exception exception)
    {
        if (exception is not ProduceException<TKey, TValue> { DeliveryResult: { } result })
        {
            Span?.Fail(exception, Message.Headers, triedWithout: false);
            return;
        }

        var refused = result.Message;
        result.Message = Given;
        if (refused is UntracedMessage<TKey, TValue>)
        {
            Span?.Activity?.SetTag(AttributeNames.HeadersDropped, null);
            Span?.Fail(exception, Message.Headers, triedWithout: true);
        }
        else
        {
            Span?.Fail(exception, refused?.Headers, triedWithout: false);
        }
    }

    /// <summary>
    /// Whether the copy itself was refused for its size, by the client before anything was sent or, where the caller
    /// awaits it, by a broker: the exception then carries the very message that was given. That of another client may
    /// carry another one.
    /// </summary>
    internal bool IsRefusedForSize(ProduceException<TKey, TValue> exception) => IsCopy
        && Given is not IKeepsTraceHeaders
        && exception.Error?.Code == ErrorCode.MsgSizeTooLarge
        && ReferenceEquals(exception.DeliveryResult?.Message, Message);

    // Without delivery reports the result carries the very message that went in.
    private void GiveBack(DeliveryResult<TKey, TValue>? result)
    {
        if (IsCopy && result is not null && ReferenceEquals(result.Message, Message))
        {
            result.Message = Given;
        }
    }
}
