using Throughline.Dashboard.Internal.Graph;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>A node as the picture has it.</summary>
/// <param name="Label">The name, cut where it is long.</param>
internal sealed record DrawnNode(MapNode Node, NodeBox Box, string Label);
