namespace Throughline.Server.Internal.Brokers;

/// <summary>A cluster at one moment. Never changed.</summary>
/// <param name="ClusterId">The cluster's own.</param>
/// <param name="AskedUnixNs">When the first question of it was asked.</param>
/// <param name="Controller">Broker id, or null.</param>
/// <param name="HasTransactions">Somebody has used transactions: their markers take offsets that are no records.</param>
/// <param name="Unread">
/// Of groups that stand still: the offset of a record that the group could read and has not. It was read, and not kept.
/// </param>
/// <param name="LeftOut">What was not asked for because of a bound, or could not be; null for nothing.</param>
internal sealed record ClusterView(
    string ClusterId,
    long AskedUnixNs,
    int? Controller,
    bool HasTransactions,
    IReadOnlyList<BrokerNode> Brokers,
    IReadOnlyDictionary<string, TopicState> Topics,
    IReadOnlyList<GroupState> Groups,
    IReadOnlyDictionary<GroupSlot, long> Unread,
    string? LeftOut);
