using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Analyze;

public sealed class TopologyTests : IDisposable
{
    private readonly AnalysisRun _run = new();

    private long Now => _run.Clock.UnixNs;

    [Fact]
    public void Services_and_topics_are_nodes_and_each_group_has_an_edge()
    {
        Span(Told.Send("shop", Now));
        Span(Told.Process("billing", Now));
        Span(Told.Process("billing", Now, error: "e"));
        Span(Told.Process("mail", Now, group: "mail"));
        Call("web", "shop");

        var topology = _run.Shown().Answers.Topology(_run.LastHour, default);

        Assert.Equal(["billing", "mail", "shop", "web"], topology.Nodes.Where(n => !n.IsTopic).Select(n => n.Name).Order());
        Assert.Equal(["orders"], topology.Nodes.Where(n => n.IsTopic).Select(n => n.Name));
        Assert.Equal(
            [
                ("orders", "billing", TopologyEdgeKind.Consume, "billing", 2.0, 1.0),
                ("orders", "mail", TopologyEdgeKind.Consume, "mail", 1.0, 0.0),
                ("shop", "orders", TopologyEdgeKind.Produce, null, 1.0, 0.0),
                ("web", "shop", TopologyEdgeKind.Call, null, 1.0, 0.0),
            ],
            topology.Edges.OrderBy(e => e.From).ThenBy(e => e.To).Select(e => (e.From, e.To, e.Kind, e.Group, e.Count, e.Errors)));
        Assert.Equal(10_000_000.0, topology.Edges.First(e => e.To == "billing").Time!.Max);
        Assert.Equal(2.0 / 3660, topology.Edges.First(e => e.To == "billing").PerSecond, 3);
    }

    [Fact]
    public void An_edge_is_counted_by_metrics_where_its_service_sends_some()
    {
        Span(Told.Send("shop", Now));
        Span(Told.Process("billing", Now));
        Metric(MetricNames.Sent, "shop", 500);
        Metric(MetricNames.Sent, "shop", 3, error: "MESSAGE_TOO_LARGE");
        Metric(MetricNames.Consumed, "billing", 480, group: "billing");

        var edges = _run.Shown().Answers.Topology(_run.LastHour, default).Edges;

        Assert.Equal([(503.0, 3.0, LedgerBasis.Metrics), (480.0, 0.0, LedgerBasis.Metrics)], edges.Select(e => (e.Count, e.Errors, e.Basis)));
    }

    [Fact]
    public void The_neighbourhood_of_a_topic_can_be_asked_for()
    {
        Span(Told.Send("shop", Now));
        Span(Told.Send("shop", Now, topic: "letters"));
        Span(Told.Process("billing", Now));
        Call("web", "shop");

        var topology = _run.Shown().Answers.Topology(_run.LastHour with { Topic = "orders" }, default);

        Assert.Equal(["billing", "orders", "shop"], topology.Nodes.Select(n => n.Name).Order());
        Assert.Equal(2, topology.Edges.Count);
    }

    [Fact]
    public void A_call_fails_as_its_callee_says()
    {
        var caller = Told.Work("web", Now, SpanKind.Client);
        _run.Analyses.Settled(Told.Trace(caller, Told.Work("shop", Now, SpanKind.Server, caller.SpanId, error: "500")));

        var edge = Assert.Single(_run.Shown().Answers.Topology(_run.LastHour, default).Edges);

        Assert.Equal(("web", "shop", 1.0, 1.0), (edge.From, edge.To, edge.Count, edge.Errors));
    }

    [Fact]
    public void Topics_of_one_name_in_two_clusters_are_two()
    {
        Span(Told.Send("shop", Now, cluster: "east"));
        Span(Told.Send("shop", Now, cluster: "west"));
        Span(Told.Process("billing", Now, cluster: "west"));

        _run.Shown();

        Assert.Equal(["east", "west"], _run.Answers.Topology(_run.LastHour, default).Nodes.Where(n => n.IsTopic).Select(n => n.Cluster).Order());
        Assert.Equal([("east", null), ("west", "billing")],
            _run.Answers.Ledger(_run.LastHour, default).Rows.Select(r => (r.Cluster, r.Group)).OrderBy(r => r.Cluster));
    }

    [Fact]
    public void What_tells_no_cluster_belongs_to_the_only_one_that_has_the_topic()
    {
        Span(Told.Send("shop", Now, cluster: "east"));
        Span(Told.Process("billing", Now));
        Metric(MetricNames.Consumed, "billing", 5, group: "billing");

        var row = Assert.Single(_run.Shown().Answers.Ledger(_run.LastHour, default).Rows);

        Assert.Equal(("east", "billing", 5.0), (row.Cluster, row.Group, row[LedgerCell.Fetched].Value));
        Assert.NotEmpty(_run.Answers.LedgerExamples(LedgerCell.Processed, "east", "orders", "billing"));
    }

    public void Dispose() => _run.Dispose();

    private void Span(SpanFacts span) => _run.Analyses.Settled(Told.Trace(span));

    private void Call(string from, string to)
    {
        var caller = Told.Work(from, Now, SpanKind.Client);
        _run.Analyses.Settled(Told.Trace(caller, Told.Work(to, Now, SpanKind.Server, caller.SpanId)));
    }

    private void Metric(string name, string service, double value, string? group = null, string? error = null) =>
        _run.Analyses.Take(Told.Metric(name, service, Now - 60_000_000_000, Now, value, group: group, error: error));
}
