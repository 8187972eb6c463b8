using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>A record that could not be processed, as it came from the broker.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Timestamp">The record's own.</param>
/// <param name="Original">Its key and value; <see langword="null"/> where nobody has kept them.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Attempts">How often its handler was called here; 0 for a record that could not be deserialized.</param>
internal sealed record FailedRecord(
    TopicPartitionOffset Place, Timestamp Timestamp, OriginalBytes? Original, Headers? Headers, int Attempts)
{
    internal bool IsUnreadable => Attempts == 0;

    internal static FailedRecord Of<TKey, TValue>(ConsumeResult<TKey, TValue> result, in OriginalBytes? original, int attempts) =>
        result is UnreadableResult<TKey, TValue> { Raw: var raw }
            ? new(raw.TopicPartitionOffset, raw.Message.Timestamp, new OriginalBytes(raw.Message.Key, raw.Message.Value), raw.Message.Headers, 0)
            : new(result.TopicPartitionOffset, result.Message.Timestamp, original, result.Message.Headers, attempts);
}
