using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Which errors of Consume end a loop.</summary>
internal static class ConsumeErrors
{
    /// <summary>
    /// False for what another Consume may run into again (a record that cannot be read, a refused permission) and for what stops
    /// a partition for good (nowhere to begin, with <c>auto.offset.reset=error</c>).
    /// </summary>
    internal static bool Pass(Error error) => !error.IsFatal && !IsUnreadable(error) && error.Code is not (
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed
        or ErrorCode.Local_AutoOffsetReset or ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed);

    /// <summary>Consumes; <see langword="null"/> also after an error that passes. Others are thrown.</summary>
    internal static ConsumeResult<TKey, TValue>? ConsumePast<TKey, TValue>(IConsumer<TKey, TValue> consumer, TimeSpan timeout)
    {
        try
        {
            return consumer.Consume(timeout);
        }
        catch (ConsumeException exception) when (Pass(exception.Error))
        {
            // Counted where it was thrown. The client goes on by itself: a topic is created, a broker comes back.
            KafkaEventSource.Log.ConsumeFailed(exception.Error.ToString());
            return null;
        }
    }

    /// <summary>A deserializer threw.</summary>
    internal static bool IsUnreadable(Error error) =>
        error.Code is ErrorCode.Local_KeyDeserialization or ErrorCode.Local_ValueDeserialization;
}
