namespace Throughline.Server.Internal.Brokers;

/// <summary>A topic as brokers told of it.</summary>
/// <param name="TopicId">Another one after the topic was deleted and made again; empty where the broker knows none.</param>
/// <param name="IsCompacted">Records go when a later one has their key, or when they were deleted by key.</param>
/// <param name="RetentionMs">How long records are kept at least; -1 for ever, null where nobody told.</param>
internal sealed record TopicState(
    string Name, string TopicId, bool IsCompacted, long? RetentionMs, IReadOnlyList<PartitionState> Partitions);
