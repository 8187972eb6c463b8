using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>Takes a consumer back to where records are to come from again. Partitions that it has no more are somebody else's.</summary>
internal sealed class Rewinder<TKey, TValue>(TracingConsumer<TKey, TValue> consumer)
{
    private static readonly TimeSpan CommittedTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="KafkaException">The client refuses: records would be left out, so nobody may go on.</exception>
    internal void To(params IEnumerable<TopicPartitionOffset> offsets)
    {
        var assigned = consumer.Assignment.ToHashSet();
        foreach (var offset in offsets.Where(offset => assigned.Contains(offset.TopicPartition)))
        {
            consumer.Seek(offset);
        }
    }

    /// <summary>
    /// On the way out with another exception, where the transaction's outcome is not known. The brokers answer when it is;
    /// where nothing was ever committed, <paramref name="first"/> counts.
    /// </summary>
    internal void ToCommittedAside(IReadOnlyCollection<TopicPartitionOffset> first)
    {
        try
        {
            var committed = consumer.Committed(first.Select(offset => offset.TopicPartition), CommittedTimeout)
                .ToDictionary(offset => offset.TopicPartition, offset => offset.Offset);
            To(first.Select(offset => committed.TryGetValue(offset.TopicPartition, out var known) && !known.IsSpecial
                ? new TopicPartitionOffset(offset.TopicPartition, known)
                : offset));
        }
        catch (Exception exception)
        {
            KafkaEventSource.Log.RewindFailed(exception.Message);
        }
    }
}
