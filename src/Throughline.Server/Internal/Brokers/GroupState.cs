namespace Throughline.Server.Internal.Brokers;

/// <summary>A consumer group as its coordinator told of it.</summary>
/// <param name="State">Kafka's word: <c>Stable</c>, <c>Empty</c>, …</param>
/// <param name="IsSimple">It never had members: who reads for it assigns partitions to itself (Flink, say), and commits.</param>
/// <param name="Committed">Offsets by topic and partition.</param>
internal sealed record GroupState(string Name, string State, bool IsSimple, IReadOnlyDictionary<TopicSlot, long> Committed)
{
    /// <summary>It has members at other times and has none now: whatever moves its offsets is no consumer.</summary>
    public bool IsDeserted => !IsSimple && State == "Empty";
}
