using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>What a consumer knows of its partitions without asking a broker.</summary>
/// <param name="Assignment">Which are its.</param>
/// <param name="Position">Of the record that Consume returned last, plus 1.</param>
/// <param name="Watermarks">As of the last fetch.</param>
internal sealed record ConsumerPlaces(
    Func<List<TopicPartition>> Assignment, Func<TopicPartition, Offset> Position, Func<TopicPartition, WatermarkOffsets> Watermarks);
