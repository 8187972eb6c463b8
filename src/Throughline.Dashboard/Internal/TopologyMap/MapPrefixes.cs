using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>Makes one node of services, and one of topics, whose names begin with the same word.</summary>
internal static class MapPrefixes
{
    private static readonly char[] Separators = ['-', '.', '_', '/', ':', ' '];

    public static Map Of(Map map)
    {
        var groups = map.Nodes
            .GroupBy(static node => (node.IsTopic, Cluster: node.Cluster ?? "", Prefix: PrefixOf(node.Name)))
            .Select(static group => group.Count() > 1 ? (Node: Together(group.Key.Prefix, [.. group]), Members: group.ToList()) : (Node: group.First(), Members: [group.First()]))
            .ToList();
        var idOf = groups
            .SelectMany(static group => group.Members.Select(member => (member.Id, group.Node)))
            .ToDictionary(static pair => pair.Id, static pair => pair.Node, StringComparer.Ordinal);
        var edges = map.Edges
            .GroupBy(edge => (From: idOf[edge.From].Id, To: idOf[edge.To].Id, edge.Kind, Group: GroupKey(edge, idOf)))
            .Select(static edges => Together(edges.Key.From, edges.Key.To, [.. edges]));
        return Map.InOrder(groups.Select(static group => group.Node), edges);
    }

    public static string PrefixOf(string name)
    {
        var end = name.IndexOfAny(Separators, Math.Min(1, name.Length));
        return end > 0 ? name[..end] : name;
    }

    // Between single nodes each group keeps its edge; of several nodes the groups are one.
    private static string GroupKey(MapEdge edge, Dictionary<string, MapNode> nodes) =>
        nodes[edge.From].IsMany || nodes[edge.To].IsMany ? "" : string.Join('\n', edge.Groups);

    private static MapNode Together(string prefix, List<MapNode> members)
    {
        var first = members[0];
        return new MapNode(
            $"{(first.IsTopic ? "topics" : "services")}:{prefix}@{first.Cluster}",
            prefix,
            first.IsTopic,
            first.Cluster,
            members.Select(static member => member.Entry).MaxBy(static told => told?.P95 ?? -1),
            members.Sum(static member => member.Errors),
            [.. members.Select(static member => member.Name)],
            0);
    }

    private static MapEdge Together(string from, string to, List<MapEdge> edges) => edges is [var one]
        ? one with { From = from, To = to }
        : new MapEdge(
            from,
            to,
            edges[0].Kind,
            [.. edges.SelectMany(static edge => edge.Groups).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            edges.Sum(static edge => edge.Count),
            edges.Sum(static edge => edge.PerSecond),
            edges.Sum(static edge => edge.Errors),
            edges.Select(static edge => edge.Basis).Distinct().Count() == 1 ? edges[0].Basis : LedgerBasis.Several,
            edges.Select(static edge => edge.Time).MaxBy(static told => told?.P95 ?? -1),
            edges.Select(static edge => edge.Lag).MaxBy(static told => told?.P95 ?? -1),
            edges.Sum(static edge => edge.Merged));
}
