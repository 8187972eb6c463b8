using Microsoft.Data.Sqlite;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Answers from the state database and from what is not in it yet. Any thread may ask, any number at a time.</summary>
internal sealed class Answers : IAnswers
{
    private readonly Analyses _analyses;
    private readonly string _connectionString;
    private readonly Func<IReadOnlyList<ClusterState>> _clusters;

    /// <param name="analyses">Loaded: its tables are there.</param>
    /// <param name="connectionString">For reading the state database, which is in WAL mode.</param>
    /// <param name="clusters">What the brokers that are watched say now.</param>
    public Answers(Analyses analyses, string connectionString, Func<IReadOnlyList<ClusterState>> clusters)
    {
        _analyses = analyses;
        _clusters = clusters;
        _connectionString = connectionString;
    }

    public IReadOnlyList<ClusterState> Clusters => _clusters();

    public AnalysisStatistics Statistics => new(
        _analyses.Rollup.Catalog.Count,
        _analyses.Settings.Rollups.SeriesMax,
        _analyses.Rollup.Catalog.Others,
        _analyses.Rollup.TooOld,
        _analyses.MetricSeries.Count,
        _analyses.MetricSeries.Refused);

    public Answer<LatencyRow> Latency(AnswerFilter filter, LatencyBy by, CancellationToken cancellationToken) =>
        Ask(filter, question => LatencyAnswers.Of(question, by), cancellationToken);

    public Answer<LatencyRow> LatencyOverTime(
        AnswerFilter filter, LatencyBy by, RollupTier? point, CancellationToken cancellationToken) =>
        Ask(filter, question => LatencyAnswers.OverTime(question, by, PointOf(question, point)), cancellationToken);

    public Answer<SlowHop> Slowest(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, question => SlowHopAnswers.Of(question, _analyses.SlowHops), cancellationToken);

    public Answer<FlowRow> Flow(AnswerFilter filter, FlowBy by, RollupTier? point, CancellationToken cancellationToken) =>
        Ask(filter, question => FlowAnswers.Of(question, by, PointOf(question, point)), cancellationToken);

    public Answer<ErrorRow> Errors(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, ErrorAnswers.Of, cancellationToken);

    public Answer<FailureRow> Failures(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, LedgerAnswers.Failures, cancellationToken);

    public Answer<OrphanRow> Orphans(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, question => ErrorAnswers.Orphans(question, _analyses.Examples), cancellationToken);

    public Answer<SkewRow> Skew(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, question => SkewAnswers.Of(question, _analyses.Keys, Clusters), cancellationToken);

    public Answer<OverheadRow> Overhead(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, OverheadAnswers.Of, cancellationToken);

    public Answer<LagRow> Lag(AnswerFilter filter, RollupTier? point, CancellationToken cancellationToken) =>
        Ask(filter, question => LagAnswers.Of(question, PointOf(question, point)), cancellationToken);

    public Answer<TopicRateRow> TopicRates(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, LagAnswers.Rates, cancellationToken);

    public Answer<PairingRow> Pairing(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, ErrorAnswers.Pairing, cancellationToken);

    public Answer<WeightRow> Weights(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, ErrorAnswers.Weights, cancellationToken);

    public Topology Topology(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, TopologyAnswers.Of, cancellationToken);

    public Answer<LedgerRow> Ledger(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(filter, LedgerAnswers.Of, cancellationToken);

    public IReadOnlyList<Example> LedgerExamples(LedgerCell cell, string cluster, string topic, string group)
    {
        // What told of no cluster is shown under the only one that has the topic: both are looked for.
        var isOfTopic = cell is LedgerCell.Produced or LedgerCell.Stored or LedgerCell.SendFailed or LedgerCell.Gone;
        return
        [
            .. _analyses.Examples.Published
                .Where(list => list.Key.About == cell
                    && list.Key.Topic == topic
                    && (isOfTopic || list.Key.Group == group)
                    && (list.Key.Cluster == cluster || !ClusterScopes.IsCluster(list.Key.Cluster)))
                .SelectMany(static list => list.Value)
                .OrderByDescending(static example => example.TimeUnixNs)
                .Take(_analyses.Settings.ExamplesMax),
        ];
    }

    private T Ask<T>(AnswerFilter filter, Func<Question, T> answer, CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var question = new Question(_analyses, connection, filter, cancellationToken);
        return answer(question);
    }

    /// <summary>
    /// Some hundred points where it is about one topic or group, else a few: there may be thousands of partitions. And no
    /// finer ones than are kept for so long ago.
    /// </summary>
    private RollupTier PointOf(Question question, RollupTier? point)
    {
        var pointsMax = question.Filter.Topic is null && question.Filter.Group is null ? 3 : 200;
        var isOld = question.From < RollupStore.OldestMinute(
            RollupTier.Minute, _analyses.Settings.Rollups, _analyses.Rollup.NowMinute);
        var finest = RollupTier.All.First(tier => tier.IsKeptLong || !isOld);
        var minutes = question.To - question.From;
        var fitting = point ?? RollupTier.All.FirstOrDefault(tier => minutes / tier.Minutes <= pointsMax, RollupTier.Day);
        return fitting.Minutes < finest.Minutes ? finest : fitting;
    }
}
