using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How long records took.</summary>
internal static class LatencyAnswers
{
    private const long MinuteNs = 60_000_000_000;

    public static Answer<LatencyRow> Of(Question question, LatencyBy by) => question.Answer(
        Rows(question, by, 0).OrderByDescending(static row => row.Processing?.Count ?? 0));

    public static Answer<LatencyRow> OverTime(Question question, LatencyBy by, RollupTier point) => question.Answer(
        Rows(question, by, point.Minutes).OrderBy(static row => row.Time));

    private static IEnumerable<LatencyRow> Rows(Question question, LatencyBy by, int pointMinutes)
    {
        var filter = question.Filter;
        var results = by == LatencyBy.Path
            ? question.Read(FamilyKind.Path, LatencyRow.Measures, key => IsOnPath(key.First, filter), pointMinutes)
            : question.Read(FamilyKind.Group, LatencyRow.Measures, question.IsWanted, pointMinutes);
        return results
            .GroupBy(result => (
                Family: by == LatencyBy.Path ? result.Series.Family.Key : question.Shown(result.Series.Family.Key),
                Partition: by == LatencyBy.Partition ? result.Series.Detail : "",
                Point: pointMinutes > 0 ? result.PointMinute : 0))
            .Select(group => Row(by, group.Key.Family, group.Key.Partition, group.Key.Point * MinuteNs, Values(group)));
    }

    private static SeriesValues Values(IEnumerable<RollupResult> results)
    {
        var values = new SeriesValues();
        foreach (var result in results)
        {
            values.Add(result.Series.Measure, "", result.Value);
        }

        return values;
    }

    private static LatencyRow Row(LatencyBy by, FamilyKey key, string partition, long time, SeriesValues values)
    {
        var isPath = by == LatencyBy.Path;
        return new LatencyRow(
            isPath ? key.First : null,
            isPath ? null : key.First,
            isPath ? null : key.Second,
            isPath ? null : key.Third,
            by == LatencyBy.Partition ? Partitions.Parse(partition) : null,
            time,
            Distribution.Of(values.Find(Measure.EndToEnd, "")),
            Distribution.Of(values.Find(Measure.Lag, "")),
            Distribution.Of(values.Find(Measure.Produce, "")),
            Distribution.Of(values.Find(Measure.InTopic, "")),
            Distribution.Of(values.Find(Measure.InClient, "")),
            Distribution.Of(values.Find(Measure.Processing, "")),
            values.Count(Measure.Skewed));
    }

    /// <summary>A path is services and topics with arrows between them.</summary>
    private static bool IsOnPath(string path, AnswerFilter filter)
    {
        if (filter.Topic is null && filter.Service is null)
        {
            return true;
        }

        var steps = path.Split(" → ");
        return (filter.Topic is null || steps.Contains(filter.Topic)) && (filter.Service is null || steps.Contains(filter.Service));
    }
}
