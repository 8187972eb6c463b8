using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Answers, kept for a while: pages that refresh themselves ask the same every second, several at a time.</summary>
internal sealed class CachedAnswers(IAnswers inner, TimeProvider time) : IAnswers
{
    private readonly AnswerCache _cache = new(time);

    public IReadOnlyList<ClusterState> Clusters => inner.Clusters;

    public AnalysisStatistics Statistics => inner.Statistics;

    /// <summary>Answers from now on have all that is published now.</summary>
    public void Forget() => _cache.Forget();

    public Answer<LatencyRow> Latency(AnswerFilter filter, LatencyBy by, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Latency), filter, by), wanted => inner.Latency(wanted, by, cancellationToken), cancellationToken);

    public Answer<LatencyRow> LatencyOverTime(
        AnswerFilter filter, LatencyBy by, RollupTier? point, CancellationToken cancellationToken) =>
        Ask(
            new AnswerKey(nameof(LatencyOverTime), filter, by, point),
            wanted => inner.LatencyOverTime(wanted, by, point, cancellationToken),
            cancellationToken);

    public Answer<SlowHop> Slowest(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Slowest), filter), wanted => inner.Slowest(wanted, cancellationToken), cancellationToken);

    public Answer<FlowRow> Flow(AnswerFilter filter, FlowBy by, RollupTier? point, CancellationToken cancellationToken) =>
        Ask(
            new AnswerKey($"{nameof(Flow)} {by}", filter, Point: point),
            wanted => inner.Flow(wanted, by, point, cancellationToken),
            cancellationToken);

    public Answer<ErrorRow> Errors(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Errors), filter), wanted => inner.Errors(wanted, cancellationToken), cancellationToken);

    public Answer<FailureRow> Failures(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Failures), filter), wanted => inner.Failures(wanted, cancellationToken), cancellationToken);

    public Answer<OrphanRow> Orphans(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Orphans), filter), wanted => inner.Orphans(wanted, cancellationToken), cancellationToken);

    public Answer<SkewRow> Skew(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Skew), filter), wanted => inner.Skew(wanted, cancellationToken), cancellationToken);

    public Answer<OverheadRow> Overhead(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Overhead), filter), wanted => inner.Overhead(wanted, cancellationToken), cancellationToken);

    public Answer<LagRow> Lag(AnswerFilter filter, RollupTier? point, CancellationToken cancellationToken) =>
        Ask(
            new AnswerKey(nameof(Lag), filter, Point: point), wanted => inner.Lag(wanted, point, cancellationToken), cancellationToken);

    public Answer<TopicRateRow> TopicRates(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(TopicRates), filter), wanted => inner.TopicRates(wanted, cancellationToken), cancellationToken);

    public Answer<PairingRow> Pairing(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Pairing), filter), wanted => inner.Pairing(wanted, cancellationToken), cancellationToken);

    public Answer<WeightRow> Weights(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Weights), filter), wanted => inner.Weights(wanted, cancellationToken), cancellationToken);

    public Topology Topology(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Topology), filter), wanted => inner.Topology(wanted, cancellationToken), cancellationToken);

    public Answer<LedgerRow> Ledger(AnswerFilter filter, CancellationToken cancellationToken) =>
        Ask(new AnswerKey(nameof(Ledger), filter), wanted => inner.Ledger(wanted, cancellationToken), cancellationToken);

    // In memory, and few: they are looked up faster than they would be found again.
    public IReadOnlyList<Example> LedgerExamples(LedgerCell cell, string cluster, string topic, string group) =>
        inner.LedgerExamples(cell, cluster, topic, group);

    private T Ask<T>(AnswerKey question, Func<AnswerFilter, T> answer, CancellationToken cancellationToken)
        where T : class
    {
        var filter = AnswerKey.InMinutes(question.Filter);
        return _cache.Get(question with { Filter = filter }, () => answer(filter), cancellationToken);
    }
}
