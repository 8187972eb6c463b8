using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>The partitions that have work, by their place. Only the loop's thread uses it.</summary>
internal sealed class Partitions<TKey, TValue>
{
    private readonly Dictionary<(string Topic, int Partition), PartitionWork<TKey, TValue>> _all = [];
    private PartitionWork<TKey, TValue>? _last;

    internal int Count => _all.Count;

    internal IReadOnlyCollection<PartitionWork<TKey, TValue>> All => _all.Values;

    internal PartitionWork<TKey, TValue>? Find(string topic, int partition)
    {
        // Records come in runs of one partition.
        if (_last is not null && _last.Place.Partition.Value == partition && _last.Place.Topic == topic)
        {
            return _last;
        }

        return _last = _all.GetValueOrDefault((topic, partition));
    }

    internal PartitionWork<TKey, TValue> Of(TopicPartition place)
    {
        var partition = Find(place.Topic, place.Partition.Value);
        if (partition is null)
        {
            partition = new(place);
            _all.Add((place.Topic, place.Partition.Value), partition);
        }

        return partition;
    }

    /// <summary>Whether it is one of them still, and not one that was given away or begun anew.</summary>
    internal bool Has(PartitionWork<TKey, TValue> partition) =>
        Find(partition.Place.Topic, partition.Place.Partition.Value) == partition;

    internal void Remove(PartitionWork<TKey, TValue> partition)
    {
        _last = null;
        _all.Remove((partition.Place.Topic, partition.Place.Partition.Value));
    }
}
