namespace Throughline.Server.Internal.Analyze;

/// <summary>A service or a topic.</summary>
/// <param name="Cluster">Of topics; else null.</param>
/// <param name="Entry">Of services: the spans in which they begin their part; null where there are none.</param>
/// <param name="Errors">Of services: spans that failed; weighted.</param>
internal sealed record TopologyNode(string Name, bool IsTopic, string? Cluster, Distribution? Entry, double Errors);
