namespace Throughline.Dashboard.Internal.Graph;

/// <summary>
/// Places nodes in layers from left to right, so that most edges lead to the right and few cross. After Sugiyama, Tagawa and
/// Toda, "Methods for visual understanding of hierarchical system structures" (1981):
/// 1. circles are opened; 2. layers; 3. long edges get a place in each layer; 4. fewer crossings; 5. heights; 6. ports and lines.
/// The same nodes and edges give the same picture, in whatever order they come.
/// </summary>
internal static class LayeredLayout
{
    public static GraphLayout Of(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges, LayoutSettings settings)
    {
        // By name: the order in which answers come depends on their numbers.
        var byName = Enumerable.Range(0, nodes.Count).OrderBy(at => nodes[at].Name, StringComparer.Ordinal).ToArray();
        var rank = new int[nodes.Count];
        for (var i = 0; i < byName.Length; i++)
        {
            rank[byName[i]] = i;
        }

        var order = Enumerable.Range(0, edges.Count)
            .OrderBy(at => rank[edges[at].From]).ThenBy(at => rank[edges[at].To]).ThenBy(static at => at).ToArray();
        var sorted = Array.ConvertAll(order, at => new LayoutEdge(rank[edges[at].From], rank[edges[at].To]));
        var placed = Placed(Array.ConvertAll(byName, at => nodes[at]), sorted, settings);

        var boxes = new NodeBox[nodes.Count];
        for (var i = 0; i < byName.Length; i++)
        {
            boxes[byName[i]] = placed.Nodes[i];
        }

        var lines = new EdgeLine[edges.Count];
        for (var i = 0; i < order.Length; i++)
        {
            lines[order[i]] = placed.Edges[i];
        }

        return placed with { Nodes = boxes, Edges = lines };
    }

    private static GraphLayout Placed(LayoutNode[] nodes, LayoutEdge[] edges, LayoutSettings settings)
    {
        // 1. Circles
        var isBack = Circles.BackEdges(nodes.Length, edges);
        var forward = edges.Select((edge, at) => isBack[at] ? new LayoutEdge(edge.To, edge.From) : edge).ToArray();

        // 2. Layers
        var layers = Layers.Of(nodes.Length, forward);

        // 3. Places of long edges
        var slots = new SlotGraph(nodes, forward, layers, settings);

        // 4. Crossings
        Crossings.Reduce(slots);

        // 5. Heights
        Heights.Set(slots, settings);

        // 6. Lines
        return new LineDrawer(slots, edges, isBack, settings).Draw();
    }
}
