using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>Services and topics, and what goes between them, in the order of their names.</summary>
/// <param name="Nodes">Each id once.</param>
/// <param name="Edges">Between these nodes.</param>
internal sealed record Map(IReadOnlyList<MapNode> Nodes, IReadOnlyList<MapEdge> Edges)
{
    public static Map Of(Topology topology)
    {
        var nodes = topology.Nodes
            .Select(static node => new MapNode(IdOf(node), node.Name, node.IsTopic, node.Cluster, node.Entry, node.Errors, [], 0))
            .DistinctBy(static node => node.Id, StringComparer.Ordinal)
            .ToDictionary(static node => node.Id, StringComparer.Ordinal);
        var edges = topology.Edges.Select(static edge => new MapEdge(
            edge.Kind == TopologyEdgeKind.Consume ? MapNode.TopicId(edge.From, edge.Cluster) : MapNode.ServiceId(edge.From),
            edge.Kind == TopologyEdgeKind.Produce ? MapNode.TopicId(edge.To, edge.Cluster) : MapNode.ServiceId(edge.To),
            edge.Kind,
            edge.Kind == TopologyEdgeKind.Consume ? [edge.Group ?? ""] : [],
            edge.Count,
            edge.PerSecond,
            edge.Errors,
            edge.Basis,
            edge.Time,
            edge.Lag));
        return InOrder(nodes.Values, edges.Where(edge => nodes.ContainsKey(edge.From) && nodes.ContainsKey(edge.To)));
    }

    /// <summary>By names: what numbers say must not move anything.</summary>
    public static Map InOrder(IEnumerable<MapNode> nodes, IEnumerable<MapEdge> edges) => new(
        [.. nodes.OrderBy(static node => node.Id, StringComparer.Ordinal)],
        [
            .. edges.OrderBy(static edge => edge.From, StringComparer.Ordinal)
                .ThenBy(static edge => edge.To, StringComparer.Ordinal)
                .ThenBy(static edge => edge.Kind)
                .ThenBy(static edge => string.Join('\n', edge.Groups), StringComparer.Ordinal),
        ]);

    public MapNode? Find(string? id) => id is null ? null : Nodes.FirstOrDefault(node => node.Id == id);

    private static string IdOf(TopologyNode node) => node.IsTopic ? MapNode.TopicId(node.Name, node.Cluster) : MapNode.ServiceId(node.Name);
}
