namespace Throughline.Server.Internal.Rollups;

/// <summary>What the series of a family are about. The numbers are on disk.</summary>
internal enum FamilyKind : byte
{
    /// <summary>A group reading a topic: cluster, topic, group.</summary>
    Group = 1,

    /// <summary>A topic: cluster, topic.</summary>
    Topic = 2,

    /// <summary>A service.</summary>
    Service = 3,

    /// <summary>A sequence of services and topics.</summary>
    Path = 4,

    /// <summary>A service that calls another one: caller, callee.</summary>
    Call = 5,

    /// <summary>A group's partitions: cluster, topic, group. Apart, so that questions about groups need not read them.</summary>
    GroupPartitions = 6,

    /// <summary>A topic's partitions: cluster, topic.</summary>
    TopicPartitions = 7,
}
