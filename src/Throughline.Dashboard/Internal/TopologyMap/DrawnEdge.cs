using Throughline.Dashboard.Internal.Graph;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>An edge as the picture has it.</summary>
/// <param name="Path">Its line, as SVG.</param>
/// <param name="Head">Its arrowhead, as SVG.</param>
/// <param name="Label">Where the middle of its label is.</param>
/// <param name="Group">The group's name, cut where it is long; null where there is none.</param>
internal sealed record DrawnEdge(MapEdge Edge, string Path, string Head, LinePoint Label, string? Group);
