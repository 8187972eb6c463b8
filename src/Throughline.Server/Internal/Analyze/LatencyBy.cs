namespace Throughline.Server.Internal.Analyze;

/// <summary>Of what a row of latencies is.</summary>
internal enum LatencyBy
{
    Group = 0,
    Partition,
    Path,

    /// <summary>All groups of a topic together.</summary>
    Topic,

    /// <summary>One row of everything.</summary>
    All,
}
