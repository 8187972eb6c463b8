namespace Throughline.Dashboard.Internal.Graph;

/// <summary>From one node to another, as indexes of the nodes; several may have the same ends.</summary>
internal readonly record struct LayoutEdge(int From, int To);
