using Throughline.Dashboard.Internal.TopologyMap;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;

namespace Throughline.Dashboard.Tests.TopologyMap;

public sealed class MapTests
{
    [Fact]
    public void Numbers_move_nothing()
    {
        var one = MapPicture.Of(Map.Of(Shop(1)));
        var busier = MapPicture.Of(Map.Of(Shop(900_000)));
        Assert.Equal(one.Nodes.Select(node => (node.Node.Id, node.Box)), busier.Nodes.Select(node => (node.Node.Id, node.Box)));
        Assert.Equal(one.Edges.Select(edge => (edge.Path, edge.Label)), busier.Edges.Select(edge => (edge.Path, edge.Label)));
    }

    [Fact]
    public void Each_group_has_an_edge_of_its_own()
    {
        var map = Map.Of(Shop(1));
        Assert.Equal(["audit", "billing"], map.Edges.Where(edge => edge.To == "service:billing-service").Select(edge => edge.GroupText));
    }

    [Fact]
    public void Names_that_begin_alike_are_one_node_with_the_sum_and_the_worst()
    {
        var map = MapNarrowing.Of(Map.Of(Shop(10)), View() with { ByPrefix = true });
        var services = Assert.Single(map.Nodes, node => node.Id == "services:billing@");
        Assert.Equal(["billing-rules", "billing-service"], services.Members);
        var read = Assert.Single(map.Edges, edge => edge.To == services.Id);
        Assert.Equal((30, 3, "3 groups", 5e9), (read.Count, read.Merged, read.GroupText, read.Lag!.P95));
    }

    [Fact]
    public void What_is_looked_for_is_shown_with_what_it_touches()
    {
        var map = MapNarrowing.Of(Map.Of(Shop(1)), View() with { Query = "RULES" });
        Assert.Equal(["service:billing-rules", "topic:orders.checked@kafka", "topic:orders@kafka"], map.Nodes.Select(node => node.Id));
    }

    [Fact]
    public void Only_what_is_near_the_chosen_one_is_shown()
    {
        var map = MapNarrowing.Of(Map.Of(Shop(1)), View() with { Selected = "topic:orders.checked@kafka", Hops = 1 });
        Assert.Equal(["service:billing-rules", "topic:orders.checked@kafka"], map.Nodes.Select(node => node.Id));
    }

    [Fact]
    public void Topics_of_one_service_are_counted_at_it()
    {
        var map = MapNarrowing.Of(Map.Of(Shop(1)), View() with { FoldTopics = true });
        Assert.DoesNotContain(map.Nodes, node => node.Name == "orders.checked");
        Assert.Equal(1, map.Find("service:billing-rules")!.Folded);
    }

    [Theory]
    [InlineData(MapMeasure.Lag, "bad", "▲ 1 m 00 s")]
    [InlineData(MapMeasure.Errors, "warn", "◆ 2 %")]
    [InlineData(MapMeasure.Latency, "", "20 ms")]
    [InlineData(MapMeasure.Rate, "", "10/s")]
    internal void An_edge_shows_its_measure_by_words_and_shape_too(MapMeasure measure, string tone, string words)
    {
        var edge = new MapEdge("topic:a@", "service:b", TopologyEdgeKind.Consume, ["g"], 600, 10, 12, LedgerBasis.Spans, Took(20e6), Took(60e9));
        var weight = Assert.Single(EdgeWeights.Of([edge], measure));
        Assert.Equal((tone, words), (weight.Tone, weight.Mark + weight.Text));
    }

    [Fact]
    public void A_measure_that_an_edge_has_none_of_is_not_zero()
    {
        var send = new MapEdge("service:b", "topic:a@", TopologyEdgeKind.Produce, [], 600, 10, 0, LedgerBasis.Spans, null, null);
        Assert.Null(Assert.Single(EdgeWeights.Of([send], MapMeasure.Lag)).Text);
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("a-very-long-name", "a-very-lo…")]
    [InlineData("注文サービス名", "注文サー…")]
    public void Long_names_are_cut_by_their_width(string name, string shown) => Assert.Equal(shown, TextWidth.Cut(name, 10));

    [Theory]
    [InlineData("10,20.5,300,400", true)]
    [InlineData("10,20,0,400", false)]
    [InlineData("10,20,300", false)]
    [InlineData("1e9,0,9,9", false)]
    [InlineData("NaN,0,9,9", false)]
    [InlineData("0,0,9999999,9", false)]
    public void Part_that_is_seen_is_four_lengths(string text, bool isOne) => Assert.Equal(isOne, MapWindow.Read(text) is not null);

    private static MapView View() => new(MapMeasure.Rate, null, null, 0, false, false, false, null);

    private static Topology Shop(double count) => new(
        new TimeRange(0, 60_000_000_000),
        [
            new("orders", true, "kafka", null, 0), new("orders.checked", true, "kafka", null, 0),
            new("order-service", false, null, null, 0), new("billing-service", false, null, Took(1e6), 1), new("billing-rules", false, null, Took(9e6), 2),
        ],
        [
            new("orders", "billing-service", TopologyEdgeKind.Consume, "kafka", "billing", count, count / 60, 0, LedgerBasis.Spans, Took(1e6), Took(5e9)),
            new("order-service", "orders", TopologyEdgeKind.Produce, "kafka", null, count, count / 60, 0, LedgerBasis.Metrics, null, null),
            new("orders", "billing-service", TopologyEdgeKind.Consume, "kafka", "audit", count, count / 60, 0, LedgerBasis.Spans, null, null),
            new("orders", "billing-rules", TopologyEdgeKind.Consume, "kafka", "rules", count, count / 60, 0, LedgerBasis.Spans, Took(2e6), Took(1e6)),
            new("billing-rules", "orders.checked", TopologyEdgeKind.Produce, "kafka", null, count, count / 60, 0, LedgerBasis.Spans, null, null),
        ],
        false);

    private static Distribution Took(double nanoseconds) =>
        new(1, nanoseconds, nanoseconds, nanoseconds, nanoseconds, nanoseconds, nanoseconds, nanoseconds);
}
