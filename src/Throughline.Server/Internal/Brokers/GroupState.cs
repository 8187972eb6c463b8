namespace Throughline.Server.Internal.Brokers;

/// <summary>A consumer group as its coordinator told of it.</summary>
/// <param name="State">Kafka's word: <c>Stable</c>, <c>Empty</c>, …</param>
/// <param name="Committed">Offsets by topic and partition.</param>
/// <param name="IsSimple">It never had members: who reads for it assigns partitions to itself (Flink, say), and commits.</param>
internal sealed record GroupState(string Name, string State, IReadOnlyDictionary<TopicSlot, long> Committed, bool IsSimple = false)
{
    /// <summary>It has members at other times and has none now: whatever moves its offsets is no consumer.</summary>
    public bool IsDeserted => !IsSimple && State == "Empty";
}
