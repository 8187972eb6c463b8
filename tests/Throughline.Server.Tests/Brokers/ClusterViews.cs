using Throughline.Server.Internal.Brokers;

namespace Throughline.Server.Tests.Brokers;

/// <summary>What a cluster of one topic and one group says, made by hand.</summary>
internal sealed record ClusterViews
{
    public static ClusterSettings Cluster { get; } =
        new("test", new Dictionary<string, string> { [ClusterSettings.BootstrapServers] = "kafka:9092" });

    public long AskedUnixNs { get; init; }

    public string TopicId { get; init; } = "one";

    public bool IsCompacted { get; init; }

    public bool HasTransactions { get; init; }

    public string GroupState { get; init; } = "Stable";

    public bool IsSimple { get; init; }

    public long Start { get; init; }

    public long End { get; init; }

    /// <summary>-1 for nothing committed.</summary>
    public long Committed { get; init; } = -1;

    /// <summary>-1 for none known.</summary>
    public long Unread { get; init; } = -1;

    public ClusterView Made()
    {
        var slot = new TopicSlot("orders", 0);
        return new ClusterView(
            "east",
            AskedUnixNs,
            1,
            HasTransactions,
            [new BrokerNode(1, "kafka-1", 9092, null, 1, 1)],
            new Dictionary<string, TopicState>
            {
                ["orders"] = new("orders", TopicId, IsCompacted, 1000, [new PartitionState(0, 1, 1, 1, Start, End)]),
            },
            [new GroupState("billing", GroupState, Committed < 0 ? new Dictionary<TopicSlot, long>() : new() { [slot] = Committed }, IsSimple)],
            Unread < 0 ? new Dictionary<GroupSlot, long>() : new() { [new GroupSlot("billing", slot)] = Unread },
            null);
    }
}
