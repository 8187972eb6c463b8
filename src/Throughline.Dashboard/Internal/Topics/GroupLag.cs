namespace Throughline.Dashboard.Internal.Topics;

/// <summary>How far a group is behind in a topic, now.</summary>
/// <param name="Partitions">In their order.</param>
/// <param name="State">Kafka's word for the group's state; null where no broker is asked.</param>
internal sealed record GroupLag(
    string Cluster, string Topic, string Group, IReadOnlyList<PartitionLag> Partitions, string? State)
{
    /// <summary>Over all partitions; null where nobody told of any.</summary>
    public double? Records => Partitions.Any(static partition => partition.Records is not null)
        ? Partitions.Sum(static partition => partition.Records ?? 0)
        : null;

    /// <summary>The partition whose records wait longest; else the one with most records before it. Null where neither is known.</summary>
    public PartitionLag? Slowest =>
        Partitions.Where(static partition => partition.Wait is not null).MaxBy(static partition => partition.Wait!.P95)
        ?? Partitions.Where(static partition => partition.Records > 0).MaxBy(static partition => partition.Records);

    /// <summary>Of the partition that takes longest: a group has caught up when all have.</summary>
    public (CatchUp CatchUp, int Partition) CatchUp => Partitions.Count == 0
        ? (Topics.CatchUp.Unknown, -1)
        : Partitions.Select(static partition => (partition.CatchUp, partition.Partition)).MaxBy(static one => one.CatchUp.Order);
}
