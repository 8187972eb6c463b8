using Throughline.Server.Internal.Brokers;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A consumer group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Kafka's word.</param>
/// <param name="Committed">What it has committed, by topic and partition.</param>
internal sealed record GroupStateView(string Name, string State, IReadOnlyList<CommittedView> Committed)
{
    public static GroupStateView Of(GroupState group, ClusterView cluster) => new(
        group.Name,
        group.State,
        [
            .. group.Committed
                .OrderBy(c => c.Key.Topic, StringComparer.Ordinal)
                .ThenBy(c => c.Key.Partition)
                .Select(c => CommittedView.Of(c.Key, c.Value, cluster)),
        ]);
}
