namespace Throughline.Dashboard.Internal.Graph;

/// <summary>Layers with a place for each node, and for each edge that passes a layer; edges lead from one layer to the next.</summary>
internal sealed class SlotGraph
{
    /// <summary>Places of passing edges; in a larger graph the further long edges are drawn without, across what is there.</summary>
    public const int LinesMax = 20_000;

    // A node is as high as its busier side needs, up to this: edges then share ports.
    private const double HeightMax = 120;

    private int _lines;

    public SlotGraph(LayoutNode[] nodes, LayoutEdge[] edges, int[] layers, LayoutSettings settings)
    {
        Nodes = nodes;
        Edges = edges;
        LoopEdges = [.. Enumerable.Range(0, edges.Length).Where(at => edges[at].From == edges[at].To)];
        var busy = edges.Where(static edge => edge.From != edge.To)
            .SelectMany(static edge => ((int Node, bool Leaves)[])[(edge.From, true), (edge.To, false)])
            .CountBy(static end => end).ToDictionary();
        Columns = [.. Enumerable.Range(0, layers.Length == 0 ? 0 : layers.Max() + 1).Select(static _ => new List<Slot>())];
        var joined = edges.Where(static edge => edge.From != edge.To).SelectMany(static edge => (int[])[edge.From, edge.To]).ToHashSet();
        NodeSlots = new Slot?[nodes.Length];
        foreach (var node in joined.Order())
        {
            var ports = Math.Max(busy.GetValueOrDefault((node, true)), busy.GetValueOrDefault((node, false)));
            var height = Math.Max(nodes[node].Height, Math.Min(HeightMax, ports * settings.LineGap));
            NodeSlots[node] = Add(new Slot { Layer = layers[node], Node = node, Height = height });
        }

        Ways = [.. edges.Select(edge => Way(edge, settings))];
    }

    public LayoutNode[] Nodes { get; }

    /// <summary>None leads back.</summary>
    public LayoutEdge[] Edges { get; }

    /// <summary>By layer, from the top.</summary>
    public List<Slot>[] Columns { get; }

    /// <summary>By node; null for one that no edge leads to or from, which is in no layer.</summary>
    public Slot?[] NodeSlots { get; }

    /// <summary>By edge: its places from start to end; empty for one from a node to itself.</summary>
    public Slot[][] Ways { get; }

    public int[] LoopEdges { get; }

    private Slot[] Way(LayoutEdge edge, LayoutSettings settings)
    {
        if (edge.From == edge.To)
        {
            return [];
        }

        var (from, to) = (NodeSlots[edge.From]!, NodeSlots[edge.To]!);
        var way = new List<Slot> { from };
        var passed = to.Layer - from.Layer - 1;
        if (_lines + passed <= LinesMax)
        {
            for (var layer = from.Layer + 1; layer < to.Layer; layer++)
            {
                way.Add(Add(new Slot { Layer = layer, Node = -1, Height = settings.LineGap }));
            }

            _lines += passed;
        }

        way.Add(to);
        for (var i = 1; i < way.Count && way[i].Layer == way[i - 1].Layer + 1; i++)
        {
            way[i - 1].After.Add(way[i]);
            way[i].Before.Add(way[i - 1]);
        }

        return [.. way];
    }

    private Slot Add(Slot slot)
    {
        slot.Position = Columns[slot.Layer].Count;
        Columns[slot.Layer].Add(slot);
        return slot;
    }
}
