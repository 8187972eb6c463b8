using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>The ledger's figures about sending, of one topic.</summary>
internal sealed class TopicFigures
{
    private readonly SeriesValues _values;
    private readonly BrokerEvidence _broker;
    private readonly Dictionary<string, Sends> _sends;

    public TopicFigures(SeriesValues values, double seconds)
    {
        _values = values;
        _broker = new BrokerEvidence(values, seconds);
        _sends = values.Of(Measure.SpanSent).Keys
            .Union(values.Of(Measure.MetricSent).Keys, StringComparer.Ordinal)
            .Union(values.Of(Measure.MetricSendFailed).Keys.Select(static detail => Detail.Parts(detail, 3)[0]), StringComparer.Ordinal)
            .ToDictionary(static service => service, service => Sends.Of(values, service), StringComparer.Ordinal);
    }

    /// <summary>Sends of which the broker, or the client, said that nothing is stored.</summary>
    public double Refused => _sends.Values.Sum(static sends => sends.Refused);

    public LedgerFigure Produced() =>
        OfClients(LedgerCell.Produced, static sends => sends.Attempts)
        ?? OfBroker(LedgerCell.Produced)
        ?? OfSpans(LedgerCell.Produced, static sends => sends.Attempts)
        ?? LedgerFigure.Unknown(LedgerCell.Produced, "no metrics, no broker, no spans of sends");

    public LedgerFigure Stored() =>
        OfClients(LedgerCell.Stored, static sends => sends.Attempts - sends.Failed)
        ?? OfBroker(LedgerCell.Stored)
        ?? OfSpans(LedgerCell.Stored, static sends => sends.Attempts - sends.Failed)
        ?? LedgerFigure.Unknown(LedgerCell.Stored, "no metrics, no broker, no spans of sends");

    public LedgerFigure SendFailed()
    {
        if (_sends.Count == 0)
        {
            return LedgerFigure.Unknown(LedgerCell.SendFailed, "no metrics, no spans of sends");
        }

        var unclear = _sends.Values.Sum(static sends => sends.Unclear);
        var verdict = Refused > 0 ? Verdict.Lost : unclear > 0 ? Verdict.NotSeen : Verdict.Counted;
        var note = Refused + unclear > 0 ? $"{Refused:0.#} refused, so never stored; {unclear:0.#} perhaps stored" : null;
        var (basis, certainty) = Basis();
        return new(LedgerCell.SendFailed, Refused + unclear, basis, certainty, verdict, note);
    }

    /// <summary>Acknowledged, and gone: the end of a partition moved back.</summary>
    public LedgerFigure Gone()
    {
        if (!_broker.IsWatched)
        {
            return LedgerFigure.Unknown(LedgerCell.Gone, "no broker is asked");
        }

        var (gone, surely) = (_values.Count(Measure.BrokerGone), _values.Count(Measure.BrokerGoneSurely));
        return gone == 0
            ? new(LedgerCell.Gone, 0, LedgerBasis.Broker, _broker.OfNothing, Verdict.Counted)
            : new(
                LedgerCell.Gone,
                gone,
                LedgerBasis.Broker,
                surely == gone ? Certainty.Exact : Certainty.UpperBound,
                surely > 0 ? Verdict.Lost : Verdict.NotSeen,
                "the end of a partition moved back" + (surely == gone ? "" : "; some may be markers of transactions"));
    }

    /// <summary>From metrics, where every service that is known to send has some, or no broker can tell of the others.</summary>
    private LedgerFigure? OfClients(LedgerCell cell, Func<Sends, double> figure)
    {
        var (basis, certainty) = Basis();
        if (basis == LedgerBasis.Spans || _sends.Count == 0 || (basis != LedgerBasis.Metrics && _broker.IsWatchedThroughout))
        {
            return null;
        }

        var value = _sends.Values.Sum(figure);
        var stored = _values.Count(Measure.BrokerStoredSurely);
        var acknowledged = _sends.Values.Sum(static sends => sends.Attempts - sends.Failed);

        // Metrics and offsets are of slightly different times: a tenth is no contradiction.
        const double edge = 1.1;
        return stored > (acknowledged + _sends.Values.Sum(static sends => sends.Unclear)) * edge && certainty == Certainty.Exact
            ? new(cell, value, basis, Certainty.LowerBound, Verdict.Counted, $"brokers stored {stored}: somebody sends without metrics")
            : new(cell, value, basis, certainty, Verdict.Counted);
    }

    private LedgerFigure? OfBroker(LedgerCell cell)
    {
        if (!_broker.IsWatchedThroughout && (_sends.Count > 0 || !_broker.IsWatched))
        {
            return null;
        }

        var (stored, surely) = (_values.Count(Measure.BrokerStored), _values.Count(Measure.BrokerStoredSurely));
        var (certainty, note) = !_broker.IsWatchedThroughout ? (Certainty.Estimate, _broker.Gap)
            : stored == surely ? (Certainty.Exact, null)
            : (Certainty.UpperBound, "offsets: some may be markers of transactions, or of records that compaction replaces");
        return new(cell, stored, LedgerBasis.Broker, certainty, Verdict.Counted, note);
    }

    private LedgerFigure? OfSpans(LedgerCell cell, Func<Sends, double> figure) => _sends.Count > 0
        ? new(cell, _sends.Values.Sum(figure), LedgerBasis.Spans, Certainty.Estimate, Verdict.Counted)
        : null;

    private (LedgerBasis Basis, Certainty Certainty) Basis()
    {
        var byMetrics = _sends.Values.Count(static sends => sends.IsOfMetrics);
        return byMetrics == _sends.Count ? (LedgerBasis.Metrics, Certainty.Exact)
            : byMetrics == 0 ? (LedgerBasis.Spans, Certainty.Estimate)
            : (LedgerBasis.MetricsAndSpans, Certainty.Estimate);
    }
}
