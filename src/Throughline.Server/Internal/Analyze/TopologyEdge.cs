namespace Throughline.Server.Internal.Analyze;

/// <summary>From a service to a topic, from a topic to a service that reads it in a group, or from service to service.</summary>
/// <param name="Cluster">Of the topic; null between services.</param>
/// <param name="Group">Where it leads from a topic to a service; else null.</param>
/// <param name="Count">Records, or calls, over the time.</param>
/// <param name="PerSecond">The same by second.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="Basis">Of count and errors.</param>
/// <param name="Time">The send's, the processing's or the call's; of spans.</param>
/// <param name="Lag">Where it leads from a topic to a service.</param>
internal sealed record TopologyEdge(
    string From,
    string To,
    TopologyEdgeKind Kind,
    string? Cluster,
    string? Group,
    double Count,
    double PerSecond,
    double Errors,
    LedgerBasis Basis,
    Distribution? Time,
    Distribution? Lag);
