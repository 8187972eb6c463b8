using Throughline.Dashboard.Internal.Graph;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>Where the map's nodes, lines and labels are. Made of names alone: numbers that change move nothing.</summary>
internal sealed class MapPicture
{
    // From so many nodes or edges on, a node has one line, and there is less space between all.
    private const int DenseNodes = 60;
    private const int DenseEdges = 120;

    private const double Margin = 24;
    private const int NameWidthMax = 30;
    private const int GroupWidthMax = 20;

    private MapPicture(IReadOnlyList<DrawnNode> nodes, IReadOnlyList<DrawnEdge> edges, MapWindow whole, bool isDense)
    {
        Nodes = nodes;
        Edges = edges;
        Whole = whole;
        IsDense = isDense;
    }

    public IReadOnlyList<DrawnNode> Nodes { get; }

    public IReadOnlyList<DrawnEdge> Edges { get; }

    /// <summary>All of it, with a margin.</summary>
    public MapWindow Whole { get; }

    public bool IsDense { get; }

    public static MapPicture Of(Map map)
    {
        var isDense = map.Nodes.Count >= DenseNodes || map.Edges.Count >= DenseEdges;
        var settings = isDense ? LayoutSettings.Dense : LayoutSettings.Wide;
        var labels = map.Nodes.Select(static node => TextWidth.Cut(node.IsMany ? $"{node.Name} × {node.Members.Count}" : node.Name, NameWidthMax)).ToList();
        var indexes = map.Nodes.Index().ToDictionary(static node => node.Item.Id, static node => node.Index, StringComparer.Ordinal);
        var layout = LayeredLayout.Of(
            [.. map.Nodes.Zip(labels, (node, label) => new LayoutNode(node.Id, Width(label, isDense), isDense ? 24 : 44))],
            [.. map.Edges.Select(edge => new LayoutEdge(indexes[edge.From], indexes[edge.To]))],
            settings);
        var places = new LabelPlaces();
        return new MapPicture(
            [.. map.Nodes.Select((node, at) => new DrawnNode(node, layout.Nodes[at], labels[at]))],
            [.. map.Edges.Zip(layout.Edges, (edge, line) => Drawn(edge, line, places))],
            WholeOf(layout),
            isDense);
    }

    private static DrawnEdge Drawn(MapEdge edge, EdgeLine line, LabelPlaces places)
    {
        var group = edge.GroupText is { } text ? TextWidth.Cut(text, GroupWidthMax) : null;
        return new DrawnEdge(edge, EdgePath.Line(line), EdgePath.Head(line), places.Take(line, group is null ? 0 : TextWidth.Of(group)), group);
    }

    private static double Width(string label, bool isDense)
    {
        const double Letter = 7.4;
        const double Sides = 34;
        const double NumbersWidth = 128;
        return Math.Max(isDense ? 0 : NumbersWidth, (TextWidth.Of(label) * Letter) + Sides);
    }

    /// <summary>A small map is shown at its size in the middle of a usual screen, not blown up.</summary>
    private static MapWindow WholeOf(GraphLayout layout)
    {
        const double WidthMin = 700;
        const double HeightMin = 260;
        var width = Math.Max(WidthMin, layout.Width + (2 * Margin));
        var height = Math.Max(HeightMin, layout.Height + (2 * Margin));
        return new MapWindow((layout.Width - width) / 2, (layout.Height - height) / 2, width, height);
    }
}
