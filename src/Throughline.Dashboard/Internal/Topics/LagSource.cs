namespace Throughline.Dashboard.Internal.Topics;

/// <summary>Who told how many records a group is behind.</summary>
internal enum LagSource
{
    None = 0,

    /// <summary>Committed offsets and log ends, as brokers told.</summary>
    Broker,

    /// <summary>The same as clients told.</summary>
    ClientCommitted,

    /// <summary>What the client has read, and log ends, as clients told.</summary>
    ClientPosition,
}
