using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Api.Endpoints;

/// <summary>What the analyses found: rows, those with the largest figures first.</summary>
internal sealed class AnswerEndpoints(ApiServices services)
{
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(1);

    private static readonly ApiParameter Cluster = new("cluster", ParameterType.Text, "The cluster, as answers show it.");

    private static readonly ApiParameter From =
        new("from", ParameterType.Time, "The time that it is about, in whole minutes; an hour ago without.");

    private static readonly ApiParameter To = new("to", ParameterType.Time, "Its end; now without.");

    private static readonly ApiParameter By =
        new("by", ParameterType.Word, "Of what a row is; group without.") { Words = [.. Enum.GetNames<LatencyBy>().Select(Lower)] };

    private static readonly ApiParameter FlowOf =
        new("by", ParameterType.Word, "Of what a row is; topic without.") { Words = [.. Enum.GetNames<FlowBy>().Select(Lower)] };

    private static readonly ApiParameter Point =
        new("point", ParameterType.Word, "How long a point is; what suits the time without.") { Words = ["minute", "tenMinutes", "hour", "day"] };

    private static readonly ApiParameter Cell =
        new("cell", ParameterType.Word, "Which figure.") { Words = [.. Enum.GetNames<LedgerCell>().Select(Lower)], IsRequired = true };

    private static readonly ApiParameter Topic = Parameters.Topic with { IsRequired = true };
    private static readonly IReadOnlyList<ApiParameter> Time = [From, To, Parameters.Limit];
    private static readonly IReadOnlyList<ApiParameter> Filter = [Cluster, Parameters.Topic, Parameters.Group, Parameters.Service, .. Time];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        Of<Answer<LatencyRow>>(
            "/latency",
            "latency",
            "How long records took, end to end and by part, by group, partition, path, topic or all together.",
            [By, .. Filter],
            (request, stop) => services.Answers.Latency(FilterOf(request), ByOf(request), stop)),
        Of<Answer<LatencyRow>>(
            "/latency/series",
            "latencySeries",
            "The same over time, oldest first.",
            [By, Point, .. Filter],
            (request, stop) => services.Answers.LatencyOverTime(FilterOf(request), ByOf(request), PointOf(request), stop)),
        Of<Answer<SlowHop>>(
            "/latency/slowest",
            "latencySlowest",
            "The slowest hop, end to end, of each group and minute; the slowest first.",
            Filter,
            (request, stop) => services.Answers.Slowest(FilterOf(request), stop)),
        Of<Answer<FlowRow>>(
            "/flow",
            "flow",
            "How many records went through topics or partitions, and how many failed, oldest first.",
            [FlowOf, Point, .. Filter],
            (request, stop) => services.Answers.Flow(FilterOf(request), FlowByOf(request), PointOf(request), stop)),
        Of<Answer<ErrorRow>>("/errors", "errors", "What failed, most often first.", Filter, (request, stop) => services.Answers.Errors(FilterOf(request), stop)),
        Of<Answer<FailureRow>>("/failures", "failures", "Retries and dead letters.", Filter, (request, stop) => services.Answers.Failures(FilterOf(request), stop)),
        Of<Answer<OrphanView>>(
            "/orphans",
            "orphans",
            "Spans that miss a parent or a creation context, by cause, with what to do about it and the latest of each.",
            Filter,
            (request, stop) => OrphanView.Of(services.Answers.Orphans(FilterOf(request), stop))),
        Of<Answer<SkewRow>>("/skew", "skew", "Partitions and keys that stand out, and by which rule.", Filter, (request, stop) => services.Answers.Skew(FilterOf(request), stop)),
        Of<Answer<OverheadRow>>("/overhead", "overhead", "What tracing's headers add to records.", Filter, (request, stop) => services.Answers.Overhead(FilterOf(request), stop)),
        Of<Answer<LagRow>>(
            "/lag",
            "lag",
            "How far groups were behind, in records and in time, oldest first.",
            [Point, .. Filter],
            (request, stop) => services.Answers.Lag(FilterOf(request), PointOf(request), stop)),
        Of<Answer<TopicRateRow>>("/topics", "topics", "How much goes through topics, as brokers tell.", Filter, (request, stop) => services.Answers.TopicRates(FilterOf(request), stop)),
        Of<Answer<PairingRow>>(
            "/pairing",
            "pairing",
            "How well spans could be put together, by service and topic; those with most doubts first.",
            Filter,
            (request, stop) => services.Answers.Pairing(FilterOf(request), stop)),
        Of<Topology>("/topology", "topology", "Services and topics, and what goes between them.", Filter, (request, stop) => services.Answers.Topology(FilterOf(request), stop)),
        Of<Answer<LedgerRow>>(
            "/ledger",
            "ledger",
            "What became of records, by topic and group; each figure names its basis and its certainty.",
            Filter,
            (request, stop) => services.Answers.Ledger(FilterOf(request), stop)),
        Of<IReadOnlyList<Example>>(
            "/ledger/examples",
            "ledgerExamples",
            "The latest records of a figure of the ledger, newest first.",
            [Cell, Topic, Cluster, Parameters.Group],
            (request, _) => services.Answers.LedgerExamples(
                Enum.Parse<LedgerCell>(request.Word(Cell)!, ignoreCase: true),
                request.Text(Cluster) ?? "",
                request.Text(Topic)!,
                request.Text(Parameters.Group) ?? "")),
        Of<IReadOnlyList<ClusterStateView>>(
            "/clusters",
            "clusters",
            "What the brokers of the clusters that are watched say now: brokers, leaders, in-sync replicas, offsets of groups.",
            [],
            (_, _) => [.. services.Answers.Clusters.Select(ClusterStateView.Of)]),
    ];

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static ApiRoute Of<T>(
        string path, string id, string summary, IReadOnlyList<ApiParameter> parameters, Func<ApiRequest, CancellationToken, T> answer)
        where T : class => new(path, id, summary, parameters, ApiJson.Of<T>(), ApiRoute.Now(answer));

    private AnswerFilter FilterOf(ApiRequest request)
    {
        var range = request.Range(From, To, Lookback);
        var now = UnixTime.Of(services.Time.GetUtcNow());
        return new AnswerFilter(
            range with { ToUnixNs = Math.Min(range.ToUnixNs, Math.Max(now, range.FromUnixNs)) },
            request.Text(Cluster),
            request.Text(Parameters.Topic),
            request.Text(Parameters.Group),
            request.Text(Parameters.Service),
            (int)request.Integer(Parameters.Limit)!.Value);
    }

    private static LatencyBy ByOf(ApiRequest request) =>
        request.Word(By) is { } by ? Enum.Parse<LatencyBy>(by, ignoreCase: true) : LatencyBy.Group;

    private static FlowBy FlowByOf(ApiRequest request) =>
        request.Word(FlowOf) is { } by ? Enum.Parse<FlowBy>(by, ignoreCase: true) : FlowBy.Topic;

    private static RollupTier? PointOf(ApiRequest request) => request.Word(Point) switch
    {
        "minute" => RollupTier.Minute,
        "tenMinutes" => RollupTier.TenMinutes,
        "hour" => RollupTier.Hour,
        "day" => RollupTier.Day,
        _ => null,
    };
}
