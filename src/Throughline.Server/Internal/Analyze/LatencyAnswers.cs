using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How long records took.</summary>
internal static class LatencyAnswers
{
    private const long MinuteNs = 60_000_000_000;

    private static readonly HashSet<Measure> Measures =
    [
        Measure.EndToEnd, Measure.Lag, Measure.Produce, Measure.InTopic, Measure.InClient, Measure.Processing, Measure.Skewed,
    ];

    public static Answer<LatencyRow> Of(Question question, LatencyBy by) => question.Answer(
        Rows(question, by, 0, static rows => rows.OrderByDescending(static row => row.Find(Measure.Processing)?.Count ?? 0))
            .Select(row => Row(by, row, 0)));

    public static Answer<LatencyRow> OverTime(Question question, LatencyBy by, RollupTier point) => question.Answer(
        Rows(question, by, point.Minutes, static rows => rows.OrderBy(static row => row.PointMinute))
            .Select(row => Row(by, row, row.PointMinute * MinuteNs)));

    private static IEnumerable<RowValues> Rows(
        Question question, LatencyBy by, int pointMinutes, Func<IEnumerable<RowValues>, IEnumerable<RowValues>> order)
    {
        var filter = question.Filter;
        var query = by == LatencyBy.Path
            ? question.Query(FamilyKind.Path, Measures, key => IsOnPath(key.First, filter), null, pointMinutes)
            : question.Query(
                by == LatencyBy.Partition ? FamilyKind.GroupPartitions : FamilyKind.Group,
                Measures,
                question.AllWanted ? null : question.IsWanted,
                series => Name(by, question.Shown(series.Family), series.Detail),
                pointMinutes);
        return by switch
        {
            LatencyBy.Path => question.ReadShown(query, static key => key, order),
            LatencyBy.Partition => question.ReadShown(query, question.Shown, order),
            _ => order(RowValues.Of(question.Read(query), Measures)),
        };
    }

    private static RollupName Name(LatencyBy by, FamilyKey group, string partition) => by switch
    {
        LatencyBy.Partition => new(group, partition),
        LatencyBy.Topic => new(group with { Third = "" }, ""),
        LatencyBy.All => new(FamilyKey.Group("", "", ""), ""),
        _ => new(group, ""),
    };

    private static LatencyRow Row(LatencyBy by, RowValues row, long time)
    {
        var key = row.Name.Family;
        var hasTopic = by is not (LatencyBy.Path or LatencyBy.All);
        return new LatencyRow(
            by == LatencyBy.Path ? key.First : null,
            hasTopic ? key.First : null,
            hasTopic ? key.Second : null,
            hasTopic && by != LatencyBy.Topic ? key.Third : null,
            by == LatencyBy.Partition ? Partitions.Parse(row.Name.Detail) : null,
            time,
            Distribution.Of(row.Find(Measure.EndToEnd)),
            Distribution.Of(row.Find(Measure.Lag)),
            Distribution.Of(row.Find(Measure.Produce)),
            Distribution.Of(row.Find(Measure.InTopic)),
            Distribution.Of(row.Find(Measure.InClient)),
            Distribution.Of(row.Find(Measure.Processing)),
            row.Find(Measure.Skewed)?.Count ?? 0);
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
