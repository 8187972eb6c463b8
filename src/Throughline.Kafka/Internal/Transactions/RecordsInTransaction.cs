using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>The records that were taken into one transaction: where to go on when it is committed, where to go back when not.</summary>
internal sealed class RecordsInTransaction(IConsumerGroupMetadata group, long openedTimestamp)
{
    private readonly Dictionary<(string Topic, int Partition), Span> _spans = [];

    /// <summary>
    /// The group's generation that they were consumed in. The broker refuses the offsets once there is another one, so records
    /// of two generations never share a transaction, even where nobody was told of the rebalance.
    /// </summary>
    internal IConsumerGroupMetadata Group { get; set; } = group;

    internal long OpenedTimestamp => openedTimestamp;

    internal int Count { get; private set; }

    internal bool Has(TopicPartition place) => _spans.ContainsKey((place.Topic, place.Partition.Value));

    internal bool IsPast(string topic, int partition, long offset) =>
        _spans.TryGetValue((topic, partition), out var span) && span.Next > offset;

    internal void Add<TKey, TValue>(ConsumeResult<TKey, TValue> result)
    {
        Count++;
        var place = (result.Topic, result.Partition.Value);
        var first = _spans.TryGetValue(place, out var span) ? Math.Min(span.First, result.Offset.Value) : result.Offset.Value;
        _spans[place] = new(first, result.Offset.Value + 1, result.LeaderEpoch);
    }

    /// <summary>The offsets to commit: each partition's next record.</summary>
    internal List<TopicPartitionOffset> Next() =>
        [.. _spans.Select(each => new TopicPartitionOffset(PlaceOf(each.Key), each.Value.Next, each.Value.LeaderEpoch))];

    /// <summary>The offsets to go back to: each partition's first record, which is where the last commit had come to.</summary>
    internal List<TopicPartitionOffset> First() =>
        [.. _spans.Select(each => new TopicPartitionOffset(PlaceOf(each.Key), each.Value.First))];

    private static TopicPartition PlaceOf((string Topic, int Partition) place) => new(place.Topic, place.Partition);

    private readonly record struct Span(long First, long Next, int? LeaderEpoch);
}
