using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>
/// Stands in processing for a record that a deserializer refused: it has its place in its partition's order, and no handler
/// ever sees it.
/// </summary>
internal sealed class UnreadableResult<TKey, TValue> : ConsumeResult<TKey, TValue>
{
    private UnreadableResult(ConsumeException failure)
    {
        Failure = failure;
        TopicPartitionOffset = failure.ConsumerRecord.TopicPartitionOffset;
        Message = new()
        {
            Headers = failure.ConsumerRecord.Message.Headers,
            Timestamp = failure.ConsumerRecord.Message.Timestamp,
        };
    }

    internal ConsumeException Failure { get; }

    /// <summary>The record as it came.</summary>
    internal ConsumeResult<byte[], byte[]> Raw => Failure.ConsumerRecord;

    /// <summary><see langword="null"/> for a client's exception that does not say which record it was.</summary>
    internal static UnreadableResult<TKey, TValue>? Of(ConsumeException failure) =>
        failure.ConsumerRecord is { Message: not null, Topic: not null } ? new(failure) : null;
}
