namespace Throughline.Testing;

/// <summary>
/// The requests of Kafka's protocol that an <see cref="EmbeddedBroker"/> serves, by their API keys
/// (https://kafka.apache.org/protocol#protocol_api_keys).
/// </summary>
public enum KafkaRequest
{
    /// <summary>A producer's records.</summary>
    Produce = 0,

    /// <summary>A consumer asks for records.</summary>
    Fetch = 1,

    /// <summary>The first, last or a time's offset.</summary>
    ListOffsets = 2,

    /// <summary>Topics, partitions and leaders.</summary>
    Metadata = 3,

    /// <summary>A group's commit.</summary>
    OffsetCommit = 8,

    /// <summary>A group's committed offsets.</summary>
    OffsetFetch = 9,

    /// <summary>The broker that coordinates a group or a transaction.</summary>
    FindCoordinator = 10,

    /// <summary>A member joins its group.</summary>
    JoinGroup = 11,

    /// <summary>A member says that it lives.</summary>
    Heartbeat = 12,

    /// <summary>A member leaves its group.</summary>
    LeaveGroup = 13,

    /// <summary>Assignments go from the group's leader to its members.</summary>
    SyncGroup = 14,

    /// <summary>What the broker can do: a client's first request on each connection.</summary>
    ApiVersions = 18,

    /// <summary>An idempotent or transactional producer gets its id.</summary>
    InitProducerId = 22,

    /// <summary>The last offset of a leader's epoch, which shows a truncated log.</summary>
    OffsetForLeaderEpoch = 23,

    /// <summary>A transaction takes in partitions.</summary>
    AddPartitionsToTxn = 24,

    /// <summary>A transaction takes in a group's offsets.</summary>
    AddOffsetsToTxn = 25,

    /// <summary>A transaction commits or aborts.</summary>
    EndTxn = 26,

    /// <summary>The offsets that a transaction commits.</summary>
    TxnOffsetCommit = 28,

    /// <summary>The heartbeat of groups that use KIP-848's protocol.</summary>
    ConsumerGroupHeartbeat = 68,
}
