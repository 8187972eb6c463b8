using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>Everything that metrics are read from, at one moment; what costs something is asked once.</summary>
internal sealed class MetricSnapshot
{
    /// <summary>What the figures of analyses are about: the time before now.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Rows of one analysis that become series; those with the largest figures.</summary>
    public const int RowsMax = 200;

    public MetricSnapshot(MetricSources sources, CancellationToken cancellationToken)
    {
        Sources = sources;
        Assembly = sources.Assembly();
        Store = sources.Store.Statistics;
        Analyses = sources.Answers.Statistics;
        var now = UnixTime.Of(sources.Time.GetUtcNow());
        var filter = new AnswerFilter(
            new TimeRange(now - (Window.Ticks * TimeSpan.NanosecondsPerTick), now), Limit: RowsMax);
        Latency = sources.Answers.Latency(filter, LatencyBy.Group, cancellationToken);
        Errors = sources.Answers.Errors(filter, cancellationToken);
        Orphans = sources.Answers.Orphans(filter, cancellationToken);
        Skew = sources.Answers.Skew(filter, cancellationToken);
        Ledger = sources.Answers.Ledger(filter, cancellationToken);
        Lag = sources.Answers.Lag(filter, point: null, cancellationToken);
    }

    public MetricSources Sources { get; }

    public AssemblyStatistics Assembly { get; }

    public StoreStatistics Store { get; }

    public AnalysisStatistics Analyses { get; }

    public Answer<LatencyRow> Latency { get; }

    public Answer<ErrorRow> Errors { get; }

    public Answer<OrphanRow> Orphans { get; }

    public Answer<SkewRow> Skew { get; }

    public Answer<LedgerRow> Ledger { get; }

    public Answer<LagRow> Lag { get; }
}
