namespace Throughline.Dashboard.Internal.Graph;

/// <summary>Where everything is: nodes and edges in the order in which they were given.</summary>
internal sealed record GraphLayout(double Width, double Height, IReadOnlyList<NodeBox> Nodes, IReadOnlyList<EdgeLine> Edges);
