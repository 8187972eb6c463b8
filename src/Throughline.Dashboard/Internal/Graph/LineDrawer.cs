namespace Throughline.Dashboard.Internal.Graph;

/// <summary>From places to boxes and lines: each edge gets a port of its own at its node's side, in the order of the other ends.</summary>
internal sealed class LineDrawer(SlotGraph graph, LayoutEdge[] edges, bool[] isBack, LayoutSettings settings)
{
    private const double LoopHeight = 14;

    private readonly NodeBox[] _boxes = new NodeBox[graph.Nodes.Length];
    private readonly double[] _lefts = new double[graph.Columns.Length];
    private readonly double[] _widths = new double[graph.Columns.Length];

    public GraphLayout Draw()
    {
        Columns();
        var (width, height) = Boxes();
        var leaving = Ports(static way => (way[0], way[1]));
        var entering = Ports(static way => (way[^1], way[^2]));
        var lines = new EdgeLine[edges.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            lines[i] = graph.Ways[i].Length == 0 ? Loop(_boxes[edges[i].From]) : Line(i, leaving[i], entering[i]);
        }

        return new GraphLayout(width, height, _boxes, lines);
    }

    private void Columns()
    {
        var x = 0.0;
        for (var layer = 0; layer < graph.Columns.Length; layer++)
        {
            _lefts[layer] = x;
            _widths[layer] = graph.Columns[layer].Where(static slot => !slot.IsLine).Select(slot => graph.Nodes[slot.Node].Width).DefaultIfEmpty().Max();
            x += _widths[layer] + settings.LayerGap;
        }
    }

    /// <summary>Nodes in their layers; those without edges in rows below them.</summary>
    private (double Width, double Height) Boxes()
    {
        const double RowWidthMin = 900;
        var (width, height) = (0.0, 0.0);
        foreach (var slot in graph.Columns.SelectMany(static column => column))
        {
            if (!slot.IsLine)
            {
                _boxes[slot.Node] = new NodeBox(_lefts[slot.Layer], slot.Y - (slot.Height / 2), _widths[slot.Layer], slot.Height);
                width = Math.Max(width, _boxes[slot.Node].Right);
            }

            height = Math.Max(height, slot.Y + (slot.Height / 2));
        }

        var rowWidth = Math.Max(RowWidthMin, width);
        var (x, y) = (0.0, height > 0 ? height + (3 * settings.NodeGap) : 0);
        for (var node = 0; node < _boxes.Length; node++)
        {
            if (graph.NodeSlots[node] is not null)
            {
                continue;
            }

            var told = graph.Nodes[node];
            if (x > 0 && x + told.Width > rowWidth)
            {
                (x, y) = (0, y + told.Height + settings.NodeGap);
            }

            _boxes[node] = new NodeBox(x, y, told.Width, told.Height);
            (width, height) = (Math.Max(width, _boxes[node].Right), Math.Max(height, _boxes[node].Bottom));
            x += told.Width + (2 * settings.NodeGap);
        }

        return (width, height);
    }

    /// <summary>By edge, the height of its port.</summary>
    private double[] Ports(Func<Slot[], (Slot At, Slot Next)> endOf)
    {
        var ports = new double[edges.Length];
        var ends = Enumerable.Range(0, edges.Length).Where(edge => graph.Ways[edge].Length > 0)
            .Select(edge => (Edge: edge, End: endOf(graph.Ways[edge])));
        foreach (var side in ends.GroupBy(static end => end.End.At))
        {
            var sorted = side.OrderBy(static end => end.End.Next.Y).ThenBy(static end => end.Edge).ToList();
            var step = Math.Min(settings.LineGap, (side.Key.Height - 4) / sorted.Count);
            for (var i = 0; i < sorted.Count; i++)
            {
                ports[sorted[i].Edge] = side.Key.Y + ((i - ((sorted.Count - 1) / 2.0)) * step);
            }
        }

        return ports;
    }

    private EdgeLine Line(int edge, double leaving, double entering)
    {
        var way = graph.Ways[edge];
        var points = new List<LinePoint>(way.Length * 2) { new(Right(way[0]), leaving) };
        foreach (var passed in way[1..^1])
        {
            points.Add(new(_lefts[passed.Layer], passed.Y));
            points.Add(new(Right(passed), passed.Y));
        }

        points.Add(new(_lefts[way[^1].Layer], entering));
        if (isBack[edge])
        {
            points.Reverse();
        }

        return new EdgeLine(points, isBack[edge]);
    }

    private double Right(Slot slot) => _lefts[slot.Layer] + _widths[slot.Layer];

    /// <summary>Out at the right, above the box, and in at the left of its top.</summary>
    private static EdgeLine Loop(NodeBox box) => new(
        [
            new(box.X + (box.Width * 0.7), box.Y), new(box.X + (box.Width * 0.65), box.Y - LoopHeight),
            new(box.X + (box.Width * 0.35), box.Y - LoopHeight), new(box.X + (box.Width * 0.3), box.Y),
        ],
        IsBack: true);
}
