using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>What became of records, by topic and group.</summary>
internal static class LedgerAnswers
{
    private static readonly HashSet<Measure> OfTopics =
    [
        Measure.SpanSent, Measure.SpanSendFailed, Measure.SpanTransactional, Measure.MetricSent, Measure.MetricSendFailed,
        Measure.BrokerStored, Measure.BrokerStoredSurely, Measure.BrokerGone, Measure.BrokerGoneSurely, Measure.BrokerWatched,
    ];

    private static readonly HashSet<Measure> OfGroups =
    [
        Measure.SpanFetched, Measure.SpanProcessed, Measure.SpanFailed, Measure.SpanRetried, Measure.SpanDeadLettered,
        Measure.SpanRedelivered, Measure.SpanBatches, Measure.Processing,
        Measure.MetricConsumed, Measure.MetricProcessed, Measure.MetricProcessFailed, Measure.MetricAttemptsRepeated,
        Measure.MetricForwarded, Measure.MetricDeadLettered, Measure.MetricRedriven,
        Measure.BrokerCommitted, Measure.BrokerExpired, Measure.BrokerExpiredSurely, Measure.BrokerMoved, Measure.BrokerMovedSurely,
        Measure.BrokerWatched,
    ];

    public static Answer<LedgerRow> Of(Question question)
    {
        var topics = question.ReadByName(FamilyKind.Topic, OfTopics);
        var groups = question.ReadByName(FamilyKind.Group, OfGroups)
            .ToLookup(static group => FamilyKey.Topic(group.Key.First, group.Key.Second));
        var rows = topics.Keys.Union(groups.Select(static topic => topic.Key))
            .SelectMany(topic => Rows(topic, topics.GetValueOrDefault(topic) ?? new(), groups[topic], question.Seconds))
            .Where(row => question.Filter.Group is null || row.Group == question.Filter.Group);
        return question.Answer(rows.OrderByDescending(static row => row[LedgerCell.Produced].Value ?? row[LedgerCell.Fetched].Value ?? 0));
    }

    public static Answer<FailureRow> Failures(Question question) => question.Answer(
        question.ReadByName(FamilyKind.Group, OfGroups)
            .Select(static group => Failures(group.Key, group.Value))
            .Where(static row => row.AttemptsRepeated > 0 || row.SentToRetry.Value > 0 || row.DeadLettered.Value > 0 || row.Redriven > 0)
            .OrderByDescending(static row => row.DeadLettered.Value ?? 0));

    private static IEnumerable<LedgerRow> Rows(
        FamilyKey topic, SeriesValues sending, IEnumerable<KeyValuePair<FamilyKey, SeriesValues>> groups, double seconds)
    {
        var figures = new TopicFigures(sending, seconds);
        var any = false;
        foreach (var (group, values) in groups)
        {
            any = true;
            yield return Row(group.Third, values);
        }

        if (!any)
        {
            yield return Row(null, new());
        }

        LedgerRow Row(string? group, SeriesValues values) =>
            new(topic.First, topic.Second, group, Figures(figures, new GroupFigures(values, seconds)));
    }

    private static LedgerFigure[] Figures(TopicFigures topic, GroupFigures group)
    {
        LedgerFigure[] told =
        [
            topic.Produced(), topic.SendFailed(), topic.Stored(), topic.Gone(),
            group.Fetched(), group.Processed(), group.Failed(), group.Retried(), group.DeadLettered(),
            group.Expired(), group.Skipped(), group.ProcessedTwice(),
        ];
        return [.. told, Losses.Lost(told, topic.Refused), Losses.NotSeen(told)];
    }

    private static FailureRow Failures(FamilyKey group, SeriesValues values)
    {
        var figures = new GroupFigures(values, 0);
        return new FailureRow(
            group.First,
            group.Second,
            group.Third,
            values.Has(Measure.MetricAttemptsRepeated) ? values.Count(Measure.MetricAttemptsRepeated) : null,
            figures.Retried(),
            figures.DeadLettered(),
            values.Has(Measure.MetricRedriven) ? values.Count(Measure.MetricRedriven) : null);
    }
}
