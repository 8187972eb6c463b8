using Confluent.Kafka;

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
        if (exception is ProduceException<TKey, TValue> { DeliveryResult: { } result })
        {
            result.Message = Given;
        }

        Span?.Fail(exception);
    }

    /// <summary>
    /// Whether the client itself refused the copy for its size, before anything was sent: its exception then carries the
    /// very message it was given. A broker's refusal comes with a message of its own.
    /// </summary>
    internal bool IsRefusedForSize(ProduceException<TKey, TValue> exception) => IsCopy
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
