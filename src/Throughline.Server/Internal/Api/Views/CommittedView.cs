using Throughline.Server.Internal.Brokers;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>How far a group has committed.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The next one that it would read.</param>
/// <param name="Lag">Offsets from there, or from the log's start where that is past it, to the end; null where nobody told the end.</param>
internal sealed record CommittedView(string Topic, int Partition, long Offset, long? Lag)
{
    public static CommittedView Of(TopicSlot slot, long offset, ClusterView cluster)
    {
        var partition = cluster.Topics.GetValueOrDefault(slot.Topic)?.Partitions
            .Where(p => p.Partition == slot.Partition && p.End >= 0)
            .Select(p => (PartitionState?)p)
            .FirstOrDefault();
        return new CommittedView(
            slot.Topic,
            slot.Partition,
            offset,
            partition is { } state ? Math.Max(0, state.End - Math.Max(offset, state.Start)) : null);
    }
}
