using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Stands before the user's rebalance handlers and tells the consumer's <see cref="IAssignmentListener"/>, if it has one.</summary>
internal sealed class AssignmentHandlers<TKey, TValue>(BuiltClients<IConsumer<TKey, TValue>> built)
{
    internal Func<IConsumer<TKey, TValue>, List<TopicPartition>, IEnumerable<TopicPartitionOffset>> Assigned(
        Func<IConsumer<TKey, TValue>, List<TopicPartition>, IEnumerable<TopicPartitionOffset>>? users) => (inner, places) =>
    {
        ListenerOf(inner)?.Assigned(places);

        // Without a handler the client goes on from the committed offsets, which is what Unset means.
        return users?.Invoke(inner, places) ?? places.Select(place => new TopicPartitionOffset(place, Offset.Unset));
    };

    internal Func<IConsumer<TKey, TValue>, List<TopicPartitionOffset>, IEnumerable<TopicPartitionOffset>> Revoked(
        Func<IConsumer<TKey, TValue>, List<TopicPartitionOffset>, IEnumerable<TopicPartitionOffset>>? users) => (inner, places) =>
    {
        ListenerOf(inner)?.Revoked([.. places.Select(place => place.TopicPartition)]);
        return users?.Invoke(inner, places) ?? [];
    };

    /// <param name="users">The user's handler of lost partitions; where there is none, of revoked ones, as the client does.</param>
    internal Func<IConsumer<TKey, TValue>, List<TopicPartitionOffset>, IEnumerable<TopicPartitionOffset>> Lost(
        Func<IConsumer<TKey, TValue>, List<TopicPartitionOffset>, IEnumerable<TopicPartitionOffset>>? users) => (inner, places) =>
    {
        ListenerOf(inner)?.Lost([.. places.Select(place => place.TopicPartition)]);
        return users?.Invoke(inner, places) ?? [];
    };

    private IAssignmentListener? ListenerOf(IConsumer<TKey, TValue> inner) =>
        (built.Of(inner) as TracingConsumer<TKey, TValue>)?.AssignmentListener;
}
