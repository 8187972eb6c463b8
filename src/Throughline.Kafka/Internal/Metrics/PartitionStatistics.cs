namespace Throughline.Kafka.Internal.Metrics;

/// <summary>What a consumer knows of one partition; an offset that is not known is negative.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Position">Of the record that Consume returned last, plus 1.</param>
/// <param name="Committed">The group's offset, as far as this client knows it.</param>
/// <param name="HighWatermark">The end of the partition.</param>
/// <param name="LastStable">The end of what is not in an open transaction.</param>
internal readonly record struct PartitionStatistics(
    string Topic, int Partition, long Position, long Committed, long HighWatermark, long LastStable)
{
    /// <summary>Where a consumer that reads only what is committed can go, or one that reads everything.</summary>
    internal long End(bool readsCommitted) => readsCommitted ? LastStable : HighWatermark;
}
