using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Services and topics as nodes, and what goes between them.</summary>
internal static class TopologyAnswers
{
    private static readonly HashSet<Measure> OfTopics =
        [Measure.SpanSent, Measure.SpanSendFailed, Measure.SpanSending, Measure.MetricSent, Measure.MetricSendFailed];

    private static readonly HashSet<Measure> OfGroups =
    [
        Measure.SpanProcessed, Measure.SpanFailed, Measure.SpanFetched, Measure.SpanProcessing, Measure.ServiceLag,
        Measure.MetricConsumed, Measure.MetricProcessFailed,
    ];

    private static readonly HashSet<Measure> OfServices = [Measure.Entry, Measure.SpanError];
    private static readonly HashSet<Measure> OfCalls = [Measure.CallTime, Measure.CallFailed];

    public static Topology Of(Question question)
    {
        var filter = question.Filter;
        var edges = question.ReadByName(FamilyKind.Topic, OfTopics).SelectMany(topic => Produced(question, topic.Key, topic.Value))
            .Concat(question.ReadByName(FamilyKind.Group, OfGroups).SelectMany(group => Consumed(question, group.Key, group.Value)))
            .Concat(filter.Topic is null && filter.Cluster is null ? Calls(question) : [])
            .Where(edge => filter.Service is null || edge.From == filter.Service || edge.To == filter.Service)
            .OrderByDescending(static edge => edge.Count)
            .Take(filter.Limit + 1)
            .ToList();
        var isCutShort = edges.Count > filter.Limit;
        edges = isCutShort ? edges[..filter.Limit] : edges;
        return new Topology(question.Range, Nodes(question, edges), edges, isCutShort);
    }

    private static IEnumerable<TopologyEdge> Produced(Question question, FamilyKey topic, SeriesValues values)
    {
        var services = values.Of(Measure.SpanSent).Keys
            .Union(values.Of(Measure.MetricSent).Keys, StringComparer.Ordinal)
            .Union(
                values.Of(Measure.MetricSendFailed).Keys.Select(static detail => Detail.Parts(detail, 3)[0]), StringComparer.Ordinal);
        foreach (var service in services)
        {
            var told = Sends.Of(values, service);
            yield return new TopologyEdge(
                service,
                topic.Second,
                TopologyEdgeKind.Produce,
                topic.First,
                null,
                told.Attempts,
                told.Attempts / question.Seconds,
                told.Failed,
                told.IsOfMetrics ? LedgerBasis.Metrics : LedgerBasis.Spans,
                Distribution.Of(values.Find(Measure.SpanSending, service)),
                null);
        }
    }

    private static IEnumerable<TopologyEdge> Consumed(Question question, FamilyKey group, SeriesValues values)
    {
        Measure[] told = [Measure.SpanProcessed, Measure.SpanFailed, Measure.SpanFetched, Measure.MetricConsumed];
        foreach (var service in told.SelectMany(measure => values.Of(measure).Keys).Distinct(StringComparer.Ordinal))
        {
            var isOfMetrics = values.Find(Measure.MetricConsumed, service) is not null;
            var processed = values.Count(Measure.SpanProcessed, service) + values.Count(Measure.SpanFailed, service);
            var count = isOfMetrics ? values.Count(Measure.MetricConsumed, service)
                : processed > 0 ? processed
                : values.Count(Measure.SpanFetched, service);
            yield return new TopologyEdge(
                group.Second,
                service,
                TopologyEdgeKind.Consume,
                group.First,
                group.Third,
                count,
                count / question.Seconds,
                values.Count(isOfMetrics ? Measure.MetricProcessFailed : Measure.SpanFailed, service),
                isOfMetrics ? LedgerBasis.Metrics : LedgerBasis.Spans,
                Distribution.Of(values.Find(Measure.SpanProcessing, service)),
                Distribution.Of(values.Find(Measure.ServiceLag, service)));
        }
    }

    private static IEnumerable<TopologyEdge> Calls(Question question)
    {
        foreach (var call in question.Read(FamilyKind.Call, OfCalls).GroupBy(static result => result.Name.Family))
        {
            var time = call.FirstOrDefault(static result => result.Measure == Measure.CallTime)?.Value;
            var failed = call.FirstOrDefault(static result => result.Measure == Measure.CallFailed)?.Value;
            yield return new TopologyEdge(
                call.Key.First,
                call.Key.Second,
                TopologyEdgeKind.Call,
                null,
                null,
                time?.Count ?? 0,
                (time?.Count ?? 0) / question.Seconds,
                failed?.Count ?? 0,
                LedgerBasis.Spans,
                Distribution.Of(time),
                null);
        }
    }

    /// <summary>The ends of the edges; and services that have none, unless a topic or cluster was asked for.</summary>
    private static List<TopologyNode> Nodes(Question question, List<TopologyEdge> edges)
    {
        var filter = question.Filter;
        var topics = edges
            .Where(static edge => edge.Kind != TopologyEdgeKind.Call)
            .Select(static edge => (Name: edge.Kind == TopologyEdgeKind.Produce ? edge.To : edge.From, edge.Cluster))
            .Distinct()
            .Select(static topic => new TopologyNode(topic.Name, true, topic.Cluster, null, 0));
        var ends = edges
            .SelectMany(static edge => ((string From, string To, TopologyEdgeKind Kind))(edge.From, edge.To, edge.Kind) switch
            {
                (var from, _, TopologyEdgeKind.Produce) => (string[])[from],
                (_, var to, TopologyEdgeKind.Consume) => [to],
                var (from, to, _) => [from, to],
            })
            .ToHashSet(StringComparer.Ordinal);
        var all = filter.Topic is null && filter.Group is null && filter.Cluster is null && filter.Service is null;
        var services = question.Read(FamilyKind.Service, OfServices, key => all || ends.Contains(key.First))
            .GroupBy(static result => result.Name.Family.First, StringComparer.Ordinal)
            .ToDictionary(static service => service.Key, ServiceNode, StringComparer.Ordinal);
        return
        [
            .. services.Values.Take(filter.Limit),
            .. ends.Where(end => !services.ContainsKey(end)).Select(static end => new TopologyNode(end, false, null, null, 0)),
            .. topics,
        ];
    }

    private static TopologyNode ServiceNode(IGrouping<string, RollupResult> service)
    {
        var entry = new RollupValue();
        foreach (var result in service.Where(static result => result.Measure == Measure.Entry))
        {
            entry.Add(result.Value);
        }

        var errors = service.Where(static result => result.Measure == Measure.SpanError).Sum(static result => result.Value.Count);
        return new TopologyNode(service.Key, false, null, Distribution.Of(entry), errors);
    }
}
