using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How many records went through topics and partitions, over time.</summary>
internal static class FlowAnswers
{
    private const long MinuteNs = 60_000_000_000;

    private static readonly HashSet<Measure> OfTopics =
    [
        Measure.MetricSent, Measure.MetricSendFailed, Measure.SpanSent, Measure.SpanSendFailed, Measure.BrokerStored,
        Measure.BrokerGone, Measure.BrokerGoneSurely,
    ];

    private static readonly HashSet<Measure> OfGroups =
    [
        Measure.SpanProcessed, Measure.SpanFailed, Measure.BrokerExpired, Measure.BrokerExpiredSurely, Measure.BrokerMoved,
        Measure.BrokerMovedSurely,
    ];

    private static readonly HashSet<Measure> OfServices = [Measure.Orphans];

    private static readonly HashSet<Measure> OfTopicPartitions = [Measure.MetricSentTo, Measure.SpanSentTo, Measure.BrokerStored];

    private static readonly HashSet<Measure> OfGroupPartitions = [Measure.Processing, Measure.SpanFailed];

    public static Answer<FlowRow> Of(Question question, FlowBy by, RollupTier point)
    {
        var values = new Dictionary<(RollupName Name, int Minute), SeriesValues>();
        if (by == FlowBy.Topic)
        {
            Add(question, values, FamilyKind.Topic, OfTopics, by, point);
            Add(question, values, FamilyKind.Group, OfGroups, by, point);
            Add(question, values, FamilyKind.Service, OfServices, by, point);
        }
        else
        {
            Add(question, values, FamilyKind.TopicPartitions, OfTopicPartitions, by, point);
            Add(question, values, FamilyKind.GroupPartitions, OfGroupPartitions, by, point);
        }

        return question.Answer(values
            .OrderBy(static one => one.Key.Minute)
            .ThenBy(static one => one.Key.Name.Family.Second, StringComparer.Ordinal)
            .ThenBy(static one => Partitions.Parse(one.Key.Name.Detail))
            .Select(one => by == FlowBy.Topic
                ? OfTopic(one.Key.Name.Family, one.Key.Minute, one.Value)
                : OfPartition(one.Key.Name, one.Key.Minute, one.Value)));
    }

    private static void Add(
        Question question,
        Dictionary<(RollupName Name, int Minute), SeriesValues> values,
        FamilyKind kind,
        HashSet<Measure> measures,
        FlowBy by,
        RollupTier point)
    {
        var ofService = kind == FamilyKind.Service;
        var results = question.Read(
            kind,
            measures,
            question.AllWanted || ofService ? null : question.IsWanted,
            series => ofService
                ? new(question.Shown(FamilyKey.Topic("", Detail.Parts(series.Detail, 2)[1])), "")
                : new(question.Shown(series.Family) with { Kind = FamilyKind.Topic, Third = "" }, series.Detail),
            point.Minutes);
        foreach (var result in results)
        {
            if (ofService && !(question.AllWanted || question.IsWanted(result.Name.Family)))
            {
                continue;
            }

            var key = (by == FlowBy.Topic ? result.Name with { Detail = "" } : result.Name, result.PointMinute);
            if (!values.TryGetValue(key, out var one))
            {
                values.Add(key, one = new SeriesValues());
            }

            one.Add(result.Measure, result.Name.Detail, result.Value);
        }
    }

    private static FlowRow OfTopic(FamilyKey topic, int minute, SeriesValues values)
    {
        // Metrics of the services that send some, and spans of the others.
        var failedByMetric = Failures(values, Measure.MetricSendFailed);
        var failedBySpan = Failures(values, Measure.SpanSendFailed);
        var told = values.Of(Measure.MetricSent).Keys.Union(failedByMetric.Keys, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var others = values.Of(Measure.SpanSent).Where(one => !told.Contains(one.Key)).Sum(static one => one.Value.Count);
        var (sent, basis) = told.Count > 0
            ? (values.Count(Measure.MetricSent) + failedByMetric.Values.Sum() + others, others > 0 ? LedgerBasis.MetricsAndSpans : LedgerBasis.Metrics)
            : values.Has(Measure.BrokerStored) ? (values.Count(Measure.BrokerStored), LedgerBasis.Broker)
            : values.Has(Measure.SpanSent) ? (values.Count(Measure.SpanSent), LedgerBasis.Spans)
            : ((double?)null, LedgerBasis.None);
        return new FlowRow(
            topic.First,
            topic.Second,
            null,
            minute * MinuteNs,
            sent,
            basis,
            failedByMetric.Values.Sum() + failedBySpan.Where(one => !told.Contains(one.Key)).Sum(static one => one.Value),
            values.Count(Measure.SpanProcessed) + values.Count(Measure.SpanFailed),
            values.Count(Measure.SpanFailed),
            values.Count(Measure.Orphans),
            Lost(values));
    }

    private static FlowRow OfPartition(RollupName partition, int minute, SeriesValues values)
    {
        Measure? measure = values.Has(Measure.MetricSentTo) ? Measure.MetricSentTo
            : values.Has(Measure.BrokerStored) ? Measure.BrokerStored
            : values.Has(Measure.SpanSentTo) ? Measure.SpanSentTo
            : null;
        return new FlowRow(
            partition.Family.First,
            partition.Family.Second,
            Partitions.Parse(partition.Detail),
            minute * MinuteNs,
            measure is { } told ? values.Count(told) : null,
            measure switch
            {
                Measure.MetricSentTo => LedgerBasis.Metrics,
                Measure.BrokerStored => LedgerBasis.Broker,
                null => LedgerBasis.None,
                _ => LedgerBasis.Spans,
            },
            0,
            values.Count(Measure.Processing),
            values.Count(Measure.SpanFailed),
            0,
            0);
    }

    /// <summary>As the ledger has it: all of a kind, where some of it surely were records.</summary>
    private static double Lost(SeriesValues values)
    {
        var refused = values.Of(values.Has(Measure.MetricSendFailed) ? Measure.MetricSendFailed : Measure.SpanSendFailed)
            .Where(static one => Detail.Parts(one.Key, 3)[2] == SendRecorder.Refused)
            .Sum(static one => one.Value.Count);
        return refused
            + (values.Count(Measure.BrokerGoneSurely) > 0 ? values.Count(Measure.BrokerGone) : 0)
            + (values.Count(Measure.BrokerExpiredSurely) > 0 ? values.Count(Measure.BrokerExpired) : 0)
            + (values.Count(Measure.BrokerMovedSurely) > 0 ? values.Count(Measure.BrokerMoved) : 0);
    }

    /// <summary>By service.</summary>
    private static Dictionary<string, double> Failures(SeriesValues values, Measure measure) => values.Of(measure)
        .GroupBy(static one => Detail.Parts(one.Key, 3)[0], StringComparer.Ordinal)
        .ToDictionary(static service => service.Key, static service => service.Sum(static one => one.Value.Count), StringComparer.Ordinal);
}
