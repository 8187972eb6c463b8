using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Takes a client back to records that it has handed out and that nobody has finished, so that whoever consumes next
/// is given them: else they would be skipped, and committed over.
/// </summary>
internal static class Rewind
{
    /// <summary>Where it is not assigned any more, whoever has it begins at what is committed.</summary>
    internal static void To<TKey, TValue>(IConsumer<TKey, TValue> consumer, TopicPartitionOffset first) =>
        Aside.Try(() => consumer.Seek(first));
}
