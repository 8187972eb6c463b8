namespace Throughline.Server.Internal.Brokers;

/// <summary>A consumer group as its coordinator told of it.</summary>
/// <param name="State">Kafka's word: <c>Stable</c>, <c>Empty</c>, …</param>
/// <param name="Committed">Offsets by topic and partition.</param>
internal sealed record GroupState(string Name, string State, IReadOnlyDictionary<TopicSlot, long> Committed)
{
    /// <summary>It has no members: whatever moves its offsets now is no consumer.</summary>
    public bool IsEmpty => State == "Empty";
}
