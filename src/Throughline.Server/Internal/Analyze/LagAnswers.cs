using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How far groups were behind, over time; and how much went through topics.</summary>
internal static class LagAnswers
{
    private const long MinuteNs = 60_000_000_000;
    private const double SecondNs = 1e9;

    private static readonly HashSet<Measure> Measures =
    [
        Measure.BrokerLag, Measure.MetricLagCommitted, Measure.MetricLagOffset, Measure.MetricLagTime, Measure.Lag,
    ];

    private static readonly HashSet<Measure> RateMeasures = [Measure.BrokerWatched, Measure.BrokerStored, Measure.BrokerDeleted];

    public static Answer<LagRow> Of(Question question, RollupTier point) => question.Answer(
        question.ReadShown(
            question.Query(
                FamilyKind.GroupPartitions,
                Measures,
                question.AllWanted ? null : question.IsWanted,
                series => new(question.Shown(series.Family), series.Detail),
                point.Minutes),
            question.Shown,
            static rows => rows.OrderBy(static row => row.PointMinute).ThenBy(static row => Partitions.Parse(row.Name.Detail)))
            .Select(Row));

    public static Answer<TopicRateRow> Rates(Question question) => question.Answer(
        question.ReadByName(FamilyKind.Topic, RateMeasures)
            .Where(static topic => topic.Value.Find(Measure.BrokerWatched, "") is { Sum: > 0 })
            .Select(static topic => Rate(topic.Key, topic.Value))
            .OrderByDescending(static row => row.Stored));

    private static TopicRateRow Rate(FamilyKey topic, SeriesValues values)
    {
        var seconds = values.Find(Measure.BrokerWatched, "")!.Sum;
        var stored = values.Count(Measure.BrokerStored);
        return new TopicRateRow(
            topic.First, topic.Second, stored, stored / seconds, values.Count(Measure.BrokerDeleted) / seconds);
    }

    private static LagRow Row(RowValues row)
    {
        var group = row.Name.Family;
        return new LagRow(
            group.First,
            group.Second,
            group.Third,
            Partitions.Parse(row.Name.Detail),
            row.PointMinute * MinuteNs,
            LagFigure.Of(row.Find(Measure.BrokerLag)),
            LagFigure.Of(row.Find(Measure.MetricLagCommitted)),
            LagFigure.Of(row.Find(Measure.MetricLagOffset)),
            Distribution.Of(row.Find(Measure.Lag)),
            row.Find(Measure.MetricLagTime) is { Count: > 0 } told ? told.Mean * SecondNs : null);
    }
}
