using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>The ledger's figures about what one group did to a topic's records.</summary>
internal sealed class GroupFigures(SeriesValues values, double seconds)
{
    private const string NoClients = "no metrics, no broker, no spans of this group";

    private readonly BrokerEvidence _broker = new(values, seconds);

    public LedgerFigure Fetched() =>
        OfMetrics(LedgerCell.Fetched, [Measure.MetricConsumed], [Measure.SpanFetched, Measure.SpanProcessed, Measure.SpanFailed])
        ?? OfCommits(LedgerCell.Fetched)
        ?? OfSpans(LedgerCell.Fetched, [Measure.SpanFetched])
        ?? OfSpans(LedgerCell.Fetched, [Measure.SpanProcessed, Measure.SpanFailed])
        ?? LedgerFigure.Unknown(LedgerCell.Fetched, NoClients);

    public LedgerFigure Processed()
    {
        // The metric counts a batch once: then only spans know how many records there were.
        var ofMetrics = values.Count(Measure.SpanBatches) > 0
            ? null
            : OfMetrics(LedgerCell.Processed, [Measure.MetricProcessed], [Measure.SpanProcessed]);
        var seen = values.Has(Measure.SpanProcessed) || values.Has(Measure.SpanFailed);
        if (ofMetrics is not null && !seen && Fetched().Value != ofMetrics.Value)
        {
            ofMetrics = ofMetrics with { Certainty = Certainty.LowerBound, Note = "if batches are processed, each is counted once" };
        }

        return ofMetrics
            ?? OfCommits(LedgerCell.Processed)
            ?? OfSpans(LedgerCell.Processed, [Measure.SpanProcessed])
            ?? LedgerFigure.Unknown(LedgerCell.Processed, NoClients);
    }

    public LedgerFigure Failed() =>
        (values.Count(Measure.SpanBatches) > 0
            ? null
            : OfMetrics(LedgerCell.Failed, [Measure.MetricProcessFailed], [Measure.SpanFailed])
                ?? NoneOfMetrics(LedgerCell.Failed, Measure.MetricProcessed))
        ?? OfSpans(LedgerCell.Failed, [Measure.SpanFailed])
        ?? NoneOfSpans(LedgerCell.Failed)
        ?? LedgerFigure.Unknown(LedgerCell.Failed, "no metrics, no spans of this group");

    /// <summary>Records that a retry topic took; attempts repeated in place are in the note.</summary>
    public LedgerFigure Retried()
    {
        var figure = Failures(LedgerCell.Retried, Measure.MetricForwarded, Measure.SpanRetried);
        return values.Count(Measure.MetricAttemptsRepeated) is > 0 and var repeated
            ? figure with { Note = $"and {repeated:0.#} attempts repeated in place" }
            : figure;
    }

    public LedgerFigure DeadLettered() => Failures(LedgerCell.DeadLettered, Measure.MetricDeadLettered, Measure.SpanDeadLettered);

    /// <summary>Deleted before the group's commits had passed them.</summary>
    public LedgerFigure Expired() => OfEvidence(
        LedgerCell.Expired,
        Measure.BrokerExpired,
        Measure.BrokerExpiredSurely,
        "the log's start moved past the committed offset");

    /// <summary>Passed by a commit that no member made.</summary>
    public LedgerFigure Skipped()
    {
        var figure = OfEvidence(
            LedgerCell.Skipped,
            Measure.BrokerMoved,
            Measure.BrokerMovedSurely,
            "the committed offset was moved while the group had no members");
        if (figure is not { Value: > 0, Verdict: Verdict.Lost } || !values.Has(Measure.MetricConsumed))
        {
            return figure;
        }

        // A member that came and went between two observations read what its metrics say.
        var left = Math.Max(0, values.Count(Measure.BrokerCommitted) - values.Count(Measure.MetricConsumed));
        return left >= figure.Value ? figure
            : figure with { Value = left, Certainty = Certainty.UpperBound, Verdict = left > 0 ? Verdict.NotSeen : Verdict.Counted };
    }

    public LedgerFigure ProcessedTwice() => values.Has(Measure.SpanRedelivered)
        ? new(LedgerCell.ProcessedTwice, values.Count(Measure.SpanRedelivered), LedgerBasis.Spans, Certainty.Estimate, Verdict.Counted)
        : values.Has(Measure.Processing)
            ? new(LedgerCell.ProcessedTwice, 0, LedgerBasis.Spans, Certainty.Estimate, Verdict.Counted)
            : LedgerFigure.Unknown(LedgerCell.ProcessedTwice, "no hops of this group: only spans that name their records tell");

    private LedgerFigure OfEvidence(LedgerCell cell, Measure all, Measure surely, string what)
    {
        if (!_broker.IsWatched)
        {
            return LedgerFigure.Unknown(cell, "no broker is asked, or the group has committed nothing");
        }

        var (value, sure) = (values.Count(all), values.Count(surely));
        return value == 0 ? new(cell, 0, LedgerBasis.Broker, _broker.OfNothing, Verdict.Counted)
            : sure == value ? new(cell, value, LedgerBasis.Broker, Certainty.Exact, Verdict.Lost, what)
            : new(
                cell,
                value,
                LedgerBasis.Broker,
                Certainty.UpperBound,
                sure > 0 ? Verdict.Lost : Verdict.NotSeen,
                $"{what}; some of these offsets may be no records: markers of transactions, or compacted");
    }

    private LedgerFigure Failures(LedgerCell cell, Measure metric, Measure span) =>
        OfMetrics(cell, [metric], [span])
        ?? OfSpans(cell, [span])
        ?? NoneOfMetrics(cell, Measure.MetricProcessed)
        ?? NoneOfSpans(cell)
        ?? LedgerFigure.Unknown(cell, "no metrics, no spans of this group");

    /// <summary>Metrics of the services that send some, and spans of the others.</summary>
    private LedgerFigure? OfMetrics(LedgerCell cell, Measure[] metrics, Measure[] spans)
    {
        if (!Array.Exists(metrics, values.Has))
        {
            return null;
        }

        var told = metrics.SelectMany(metric => values.Of(metric).Keys).ToHashSet(StringComparer.Ordinal);
        told.UnionWith(values.Of(Measure.MetricConsumed).Keys);
        told.UnionWith(values.Of(Measure.MetricProcessed).Keys);
        var others = spans.Sum(span => values.Of(span).Where(one => !told.Contains(one.Key)).Sum(static one => one.Value.Count));
        var value = metrics.Sum(values.Count) + others;
        return others > 0
            ? new(cell, value, LedgerBasis.MetricsAndSpans, Certainty.Estimate, Verdict.Counted)
            : new(cell, value, LedgerBasis.Metrics, Certainty.Exact, Verdict.Counted);
    }

    /// <summary>A counter that never counted is not sent: where its neighbour is, nothing happened.</summary>
    private LedgerFigure? NoneOfMetrics(LedgerCell cell, Measure neighbour) => values.Has(neighbour)
        ? new(cell, 0, LedgerBasis.Metrics, Certainty.Exact, Verdict.Counted)
        : null;

    private LedgerFigure? OfCommits(LedgerCell cell) => _broker.IsWatchedThroughout
        ? new(
            cell,
            values.Count(Measure.BrokerCommitted),
            LedgerBasis.Broker,
            Certainty.UpperBound,
            Verdict.Counted,
            "offsets that commits passed: some may have been skipped, or be no records")
        : null;

    private LedgerFigure? OfSpans(LedgerCell cell, Measure[] spans) => Array.Exists(spans, values.Has)
        ? new(cell, spans.Sum(values.Count), LedgerBasis.Spans, Certainty.Estimate, Verdict.Counted)
        : null;

    private LedgerFigure? NoneOfSpans(LedgerCell cell) => values.Has(Measure.SpanProcessed) || values.Has(Measure.SpanFailed)
        ? new(cell, 0, LedgerBasis.Spans, Certainty.Estimate, Verdict.Counted)
        : null;
}
