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

    public static Answer<LagRow> Of(Question question, RollupTier point)
    {
        var rows = question.Read(
                FamilyKind.GroupPartitions,
                Measures,
                question.AllWanted ? null : question.IsWanted,
                series => new(question.Shown(series.Family), series.Detail),
                point.Minutes)
            .GroupBy(static result => (result.Name, result.PointMinute))
            .Select(static group => Row(group.Key.Name.Family, group.Key.Name.Detail, group.Key.PointMinute, group));
        return question.Answer(rows.OrderBy(static row => row.Time).ThenBy(static row => row.Partition));
    }

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

    private static LagRow Row(FamilyKey group, string partition, int minute, IEnumerable<RollupResult> results)
    {
        var values = new SeriesValues();
        foreach (var result in results)
        {
            values.Add(result.Measure, "", result.Value);
        }

        return new LagRow(
            group.First,
            group.Second,
            group.Third,
            Partitions.Parse(partition),
            minute * MinuteNs,
            LagFigure.Of(values.Find(Measure.BrokerLag, "")),
            LagFigure.Of(values.Find(Measure.MetricLagCommitted, "")),
            LagFigure.Of(values.Find(Measure.MetricLagOffset, "")),
            Distribution.Of(values.Find(Measure.Lag, "")),
            values.Find(Measure.MetricLagTime, "") is { Count: > 0 } told ? told.Mean * SecondNs : null);
    }
}
