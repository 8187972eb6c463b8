using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>Where a caller sends: to a topic, or to a partition of it.</summary>
internal readonly record struct Destination(string? Topic, TopicPartition? Place)
{
    internal Partition Partition => Place?.Partition ?? Partition.Any;
}
