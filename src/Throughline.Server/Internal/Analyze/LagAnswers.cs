using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How far groups were behind, over time.</summary>
internal static class LagAnswers
{
    private const long MinuteNs = 60_000_000_000;
    private const double SecondNs = 1e9;

    private static readonly HashSet<Measure> Measures =
    [
        Measure.BrokerLag, Measure.MetricLagCommitted, Measure.MetricLagOffset, Measure.MetricLagTime, Measure.Lag,
    ];

    public static Answer<LagRow> Of(Question question, RollupTier point)
    {
        var rows = question.Read(FamilyKind.Group, Measures, question.IsWanted, point.Minutes)
            .GroupBy(result => (Family: question.Shown(result.Series.Family.Key), result.Series.Detail, result.PointMinute))
            .Select(static group => Row(group.Key.Family, group.Key.Detail, group.Key.PointMinute, group));
        return question.Answer(rows.OrderBy(static row => row.Time).ThenBy(static row => row.Partition));
    }

    private static LagRow Row(FamilyKey group, string partition, int minute, IEnumerable<RollupResult> results)
    {
        var values = new SeriesValues();
        foreach (var result in results)
        {
            values.Add(result.Series.Measure, "", result.Value);
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
