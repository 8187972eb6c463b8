using System.Diagnostics;
using System.Globalization;
using Throughline.Dashboard.Internal.Graph;

namespace Throughline.Dashboard.Tests.Graph;

public sealed class LayeredLayoutTests
{
    [Theory]
    [InlineData(5, 1)]
    [InlineData(60, 2)]
    [InlineData(300, 3)]
    public void Nothing_overlaps(int count, int seed)
    {
        var (nodes, edges) = Random(count, seed);
        var layout = LayeredLayout.Of(nodes, edges, LayoutSettings.Dense);
        Assert.All(layout.Nodes, box => Assert.True(box is { X: >= 0, Y: >= 0 } && box.Right <= layout.Width && box.Bottom <= layout.Height));
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.False(Overlap(layout.Nodes[i], layout.Nodes[j]), $"{nodes[i].Name} overlaps {nodes[j].Name}");
            }
        }
    }

    [Fact]
    public void Edges_begin_and_end_at_their_nodes_and_cross_no_other()
    {
        var (nodes, edges) = Random(80, seed: 4);
        var layout = LayeredLayout.Of(nodes, edges, LayoutSettings.Wide);
        foreach (var (edge, line) in edges.Zip(layout.Edges))
        {
            Assert.True(Touches(layout.Nodes[edge.From], line.Points[0]));
            Assert.True(Touches(layout.Nodes[edge.To], line.Points[^1]));
            Assert.All(line.Points.Skip(1).SkipLast(1), point => Assert.DoesNotContain(layout.Nodes, box => Inside(box, point)));
        }
    }

    [Fact]
    public void The_same_names_give_the_same_picture_in_whatever_order_they_come()
    {
        var (nodes, edges) = Random(120, seed: 5);
        var layout = LayeredLayout.Of(nodes, edges, LayoutSettings.Wide);
        var order = Enumerable.Range(0, nodes.Count).OrderBy(at => at * 7919 % 120).ToArray();
        var shuffled = LayeredLayout.Of(
            [.. order.Select(at => nodes[at])],
            [.. edges.Reverse().Select(edge => new LayoutEdge(Array.IndexOf(order, edge.From), Array.IndexOf(order, edge.To)))],
            LayoutSettings.Wide);
        Assert.Equal(order.Select(at => layout.Nodes[at]), shuffled.Nodes);
        Assert.Equal(
            layout.Edges.Select(Text).Order(StringComparer.Ordinal), shuffled.Edges.Select(Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_flows_from_left_to_right_is_drawn_so()
    {
        var layout = Named("orders>billing", "billing>mail", "orders>mail");
        Assert.True(layout["orders"].Right < layout["billing"].X && layout["billing"].Right < layout["mail"].X);
    }

    [Fact]
    public void A_circle_has_one_edge_that_leads_back()
    {
        LayoutNode[] nodes = [Node("retry"), Node("service"), Node("topic")];
        var layout = LayeredLayout.Of(nodes, [new(2, 1), new(1, 0), new(0, 1)], LayoutSettings.Wide);
        Assert.Single(layout.Edges, line => line.IsBack);
        Assert.True(layout.Nodes[2].Right < layout.Nodes[1].X);
    }

    [Fact]
    public void Lines_that_need_not_cross_do_not()
    {
        LayoutNode[] nodes = [Node("a"), Node("b"), Node("c"), Node("x"), Node("y"), Node("z")];
        var layout = LayeredLayout.Of(nodes, [new(0, 5), new(1, 4), new(2, 3)], LayoutSettings.Wide);
        double[] left = [layout.Nodes[0].MiddleY, layout.Nodes[1].MiddleY, layout.Nodes[2].MiddleY];
        double[] right = [layout.Nodes[5].MiddleY, layout.Nodes[4].MiddleY, layout.Nodes[3].MiddleY];
        Assert.Equal(left, right);
    }

    [Fact]
    public void Nothing_and_a_node_alone_and_one_that_leads_to_itself_are_pictures()
    {
        Assert.Equal(0, LayeredLayout.Of([], [], LayoutSettings.Wide).Width);
        Assert.Equal(100, LayeredLayout.Of([Node("a")], [], LayoutSettings.Wide).Width);
        Assert.Equal(4, LayeredLayout.Of([Node("a")], [new(0, 0)], LayoutSettings.Wide).Edges[0].Points.Count);
    }

    [Fact]
    public void Three_hundred_nodes_are_placed_in_bounded_time()
    {
        var (nodes, edges) = Company();
        LayeredLayout.Of(nodes, edges, LayoutSettings.Dense);
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            LayeredLayout.Of(nodes, edges, LayoutSettings.Dense);
            return Stopwatch.GetElapsedTime(started);
        });
        TestContext.Current.SendDiagnosticMessage("300 nodes, {0} edges: {1} ms", edges.Count, best.TotalMilliseconds);
        Assert.True(best < TimeSpan.FromSeconds(2), string.Create(CultureInfo.InvariantCulture, $"{best.TotalMilliseconds:0.0} ms"));
    }

    private static Dictionary<string, NodeBox> Named(params string[] edges)
    {
        var names = edges.SelectMany(edge => edge.Split('>')).Distinct(StringComparer.Ordinal).ToList();
        var layout = LayeredLayout.Of(
            [.. names.Select(Node)],
            [.. edges.Select(edge => edge.Split('>')).Select(ends => new LayoutEdge(names.IndexOf(ends[0]), names.IndexOf(ends[1])))],
            LayoutSettings.Wide);
        return names.Zip(layout.Nodes).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>Mostly along a flow, now and then back.</summary>
    private static (IReadOnlyList<LayoutNode> Nodes, IReadOnlyList<LayoutEdge> Edges) Random(int count, int seed)
    {
        var random = new Random(seed);
        var edges = new List<LayoutEdge>();
        for (var i = 0; i < count * 2; i++)
        {
            var from = random.Next(count);
            var to = random.Next(20) == 0 ? random.Next(count) : Math.Min(count - 1, from + 1 + random.Next(count / 4));
            edges.Add(new(from, to));
        }

        return ([.. Enumerable.Range(0, count).Select(at => Node(string.Create(CultureInfo.InvariantCulture, $"node-{at * 7 % count:000}-{at:000}")))], edges);
    }

    /// <summary>150 services and 150 topics in ten stages: each topic has a sender in one stage and readers in the next two.</summary>
    private static (IReadOnlyList<LayoutNode> Nodes, IReadOnlyList<LayoutEdge> Edges) Company()
    {
        const int Stages = 10;
        const int PerStage = 15;
        var random = new Random(6);
        var edges = new List<LayoutEdge>();
        for (var topic = 0; topic < Stages * PerStage; topic++)
        {
            var stage = topic / PerStage;
            edges.Add(new((stage * PerStage) + random.Next(PerStage), (Stages * PerStage) + topic));
            for (var reader = 0; reader < 3; reader++)
            {
                edges.Add(new((Stages * PerStage) + topic, (Math.Min(Stages - 1, stage + 1 + random.Next(2)) * PerStage) + random.Next(PerStage)));
            }
        }

        return ([.. Enumerable.Range(0, 2 * Stages * PerStage).Select(at => Node(string.Create(CultureInfo.InvariantCulture, $"node-{at:000}")))], edges);
    }

    private static LayoutNode Node(string name) => new(name, 100, 24);

    private static string Text(EdgeLine line) => string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.00},{point.Y:0.00}")));

    private static bool Overlap(NodeBox one, NodeBox other) =>
        one.X < other.Right && other.X < one.Right && one.Y < other.Bottom - 1e-6 && other.Y < one.Bottom - 1e-6;

    private static bool Touches(NodeBox box, LinePoint point) =>
        point.X >= box.X - 1e-6 && point.X <= box.Right + 1e-6 && point.Y >= box.Y - 1e-6 && point.Y <= box.Bottom + 1e-6;

    private static bool Inside(NodeBox box, LinePoint point) =>
        point.X > box.X + 1e-6 && point.X < box.Right - 1e-6 && point.Y > box.Y + 1e-6 && point.Y < box.Bottom - 1e-6;
}
