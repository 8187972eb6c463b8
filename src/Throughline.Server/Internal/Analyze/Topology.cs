using Throughline.Server.Internal.Query;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Which services and topics there are, and what goes from which to which.</summary>
internal sealed record Topology(
    TimeRange Range, IReadOnlyList<TopologyNode> Nodes, IReadOnlyList<TopologyEdge> Edges, bool IsCutShort);
