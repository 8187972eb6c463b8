using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// What the analyses found, for any thread. Each answer is of one moment: what is stored, and what was counted until a
/// second before it was made; one that took long to make serves for some seconds. docs/analyses.md says what each number means.
/// </summary>
internal interface IAnswers
{
    /// <summary>How long records took, by group, partition, path, topic or all together; the most frequent first.</summary>
    Answer<LatencyRow> Latency(AnswerFilter filter, LatencyBy by, CancellationToken cancellationToken);

    /// <summary>The same over time, oldest first.</summary>
    /// <param name="filter">What about.</param>
    /// <param name="by">Of what.</param>
    /// <param name="point">How long a point is; a tier's length, null for what suits the range.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Answer<LatencyRow> LatencyOverTime(
        AnswerFilter filter, LatencyBy by, RollupTier? point, CancellationToken cancellationToken);

    /// <summary>The slowest hop of each group and minute, the slowest first.</summary>
    Answer<SlowHop> Slowest(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>How many records went through topics or partitions, over time, oldest first.</summary>
    Answer<FlowRow> Flow(AnswerFilter filter, FlowBy by, RollupTier? point, CancellationToken cancellationToken);

    /// <summary>What failed, most often first.</summary>
    Answer<ErrorRow> Errors(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>Retries and dead letters.</summary>
    Answer<FailureRow> Failures(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>Orphans by cause, service and topic, most first, with the latest of each.</summary>
    Answer<OrphanRow> Orphans(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>Partitions and keys that stand out; none where nothing does.</summary>
    Answer<SkewRow> Skew(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>What tracing adds to records.</summary>
    Answer<OverheadRow> Overhead(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>How far groups were behind, over time, oldest first.</summary>
    Answer<LagRow> Lag(AnswerFilter filter, RollupTier? point, CancellationToken cancellationToken);

    /// <summary>How much goes through topics, as brokers tell; the most first.</summary>
    Answer<TopicRateRow> TopicRates(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>How well spans could be put together, by service and topic; those with most doubts first.</summary>
    Answer<PairingRow> Pairing(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>How many spans services sent, and for how many they stand; the most first.</summary>
    Answer<WeightRow> Weights(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>Services and topics, and what goes between them.</summary>
    Topology Topology(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>What became of records, by topic and group.</summary>
    Answer<LedgerRow> Ledger(AnswerFilter filter, CancellationToken cancellationToken);

    /// <summary>The latest records of a cell, newest first. Those about sending are of the topic: any group.</summary>
    IReadOnlyList<Example> LedgerExamples(LedgerCell cell, string cluster, string topic, string group);

    /// <summary>What the brokers that are watched say now; none where none is configured.</summary>
    IReadOnlyList<ClusterState> Clusters { get; }

    AnalysisStatistics Statistics { get; }
}
