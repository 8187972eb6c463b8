using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Whoever processes a consumer's records is told of its rebalances: on the thread that calls Consume, before the
/// user's own handlers, and before the client gives a partition up.
/// </summary>
internal interface IAssignmentListener
{
    void Assigned(IReadOnlyCollection<TopicPartition> places);

    /// <summary>They are still ours until this returns: what is finished can be committed.</summary>
    void Revoked(IReadOnlyCollection<TopicPartition> places);

    /// <summary>They are somebody else's already: nothing of them can be committed.</summary>
    void Lost(IReadOnlyCollection<TopicPartition> places);
}
