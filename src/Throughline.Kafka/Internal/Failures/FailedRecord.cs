using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>A record that could not be processed, as it came from the broker.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Timestamp">The record's own.</param>
/// <param name="Original">Its key and value.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Attempts">How often its handler was called here; 0 for a record that could not be deserialized.</param>
internal sealed record FailedRecord(
    TopicPartitionOffset Place, Timestamp Timestamp, OriginalBytes Original, Headers? Headers, int Attempts)
{
    internal bool IsPoison => Attempts == 0;

    internal static FailedRecord Of<TKey, TValue>(ConsumeResult<TKey, TValue> result, in OriginalBytes original, int attempts) =>
        new(result.TopicPartitionOffset, result.Message.Timestamp, original, result.Message.Headers, attempts);

    /// <summary>One that a deserializer refused: the exception carries it whole.</summary>
    internal static FailedRecord Of(ConsumeResult<byte[], byte[]> poison) =>
        Of(poison, new OriginalBytes(poison.Message.Key, poison.Message.Value), attempts: 0);
}
