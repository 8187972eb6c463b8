using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>What goes from one node to another.</summary>
/// <param name="From">A node's id.</param>
/// <param name="To">A node's id.</param>
/// <param name="Groups">From a topic to a service: the consumer groups, in the order of their names.</param>
/// <param name="Time">The send's, the processing's or the call's; of several, the slowest's.</param>
/// <param name="Lag">From a topic to a service; of several, the longest.</param>
/// <param name="Merged">How many edges of single services and topics it stands for.</param>
internal sealed record MapEdge(
    string From,
    string To,
    TopologyEdgeKind Kind,
    IReadOnlyList<string> Groups,
    double Count,
    double PerSecond,
    double Errors,
    LedgerBasis Basis,
    Distribution? Time,
    Distribution? Lag,
    int Merged = 1)
{
    /// <summary>Of one; null where nothing was counted.</summary>
    public double? ErrorShare => Count > 0 ? Math.Min(1, Errors / Count) : Errors > 0 ? 1 : null;

    /// <summary>What a reader calls the group, or the groups.</summary>
    public string? GroupText => Groups switch
    {
        [] => null,
        [var one] => one.Length > 0 ? one : "no group",
        _ => $"{Groups.Count} groups",
    };
}
