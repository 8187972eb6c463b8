namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>What of the map is shown: 1. names that begin alike as one; 2. what is looked for; 3. what is near; 4. topics folded.</summary>
internal static class MapNarrowing
{
    public static Map Of(Map map, MapView view)
    {
        // 1. By prefix
        var shown = view.ByPrefix ? MapPrefixes.Of(map) : map;

        // 2. Names that are looked for, with what they touch
        if (view.Query is { } query)
        {
            shown = Around(shown, node => Has(node, query), 1);
        }

        // 3. Near the selected node
        if (view is { Hops: > 0, Selected: { } selected } && shown.Find(selected) is not null)
        {
            shown = Around(shown, node => node.Id == selected, view.Hops);
        }

        // 4. Topics of one service
        return view.FoldTopics ? Folded(shown, view.Selected) : shown;
    }

    private static bool Has(MapNode node, string query) =>
        node.Name.Contains(query, StringComparison.OrdinalIgnoreCase)
        || node.Members.Any(member => member.Contains(query, StringComparison.OrdinalIgnoreCase));

    /// <summary>Some nodes, and what is within so many edges of one of them.</summary>
    private static Map Around(Map map, Func<MapNode, bool> isWanted, int hops)
    {
        var reached = map.Nodes.Where(isWanted).Select(static node => node.Id).ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<MapEdge>(ReferenceEqualityComparer.Instance);
        for (var hop = 0; hop < hops; hop++)
        {
            var touching = map.Edges.Where(edge => reached.Contains(edge.From) || reached.Contains(edge.To)).ToList();
            used.UnionWith(touching);
            reached.UnionWith(touching.SelectMany(static edge => (string[])[edge.From, edge.To]));
        }

        return new Map([.. map.Nodes.Where(node => reached.Contains(node.Id))], [.. map.Edges.Where(used.Contains)]);
    }

    /// <summary>A topic that only one service touches becomes a number at that service.</summary>
    private static Map Folded(Map map, string? selected)
    {
        var users = map.Edges
            .SelectMany(static edge => ((string Node, string Other)[])[(edge.From, edge.To), (edge.To, edge.From)])
            .Distinct()
            .ToLookup(static pair => pair.Node, static pair => pair.Other, StringComparer.Ordinal);
        var userOf = map.Nodes
            .Where(node => node.IsTopic && node.Id != selected && users[node.Id].Count() == 1)
            .ToDictionary(static node => node.Id, node => users[node.Id].First(), StringComparer.Ordinal);
        var folded = userOf.Values.CountBy(static user => user, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return new Map(
            [.. map.Nodes.Where(node => !userOf.ContainsKey(node.Id)).Select(node => node with { Folded = folded.GetValueOrDefault(node.Id) })],
            [.. map.Edges.Where(edge => !userOf.ContainsKey(edge.From) && !userOf.ContainsKey(edge.To))]);
    }
}
