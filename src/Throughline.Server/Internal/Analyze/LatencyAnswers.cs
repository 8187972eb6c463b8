using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How long records took.</summary>
internal static class LatencyAnswers
{
    private const long MinuteNs = 60_000_000_000;

    public static Answer<LatencyRow> Of(Question question, LatencyBy by) => question.Answer(
        Parts(question, by, 0)
            .OrderByDescending(static one => one.Value.Find(Measure.Processing)?.Count ?? 0)
            .Select(one => Row(by, one.Key.Name, 0, one.Value)));

    public static Answer<LatencyRow> OverTime(Question question, LatencyBy by, RollupTier point) => question.Answer(
        Parts(question, by, point.Minutes)
            .OrderBy(static one => one.Key.Point)
            .Select(one => Row(by, one.Key.Name, one.Key.Point * MinuteNs, one.Value)));

    private static Dictionary<(RollupName Name, int Point), LatencyParts> Parts(Question question, LatencyBy by, int pointMinutes)
    {
        var filter = question.Filter;
        var results = by == LatencyBy.Path
            ? question.Read(FamilyKind.Path, LatencyParts.Measures, key => IsOnPath(key.First, filter), null, pointMinutes)
            : question.Read(
                by == LatencyBy.Partition ? FamilyKind.GroupPartitions : FamilyKind.Group,
                LatencyParts.Measures,
                question.AllWanted ? null : question.IsWanted,
                series => Name(by, question.Shown(series.Family), series.Detail),
                pointMinutes);
        var parts = new Dictionary<(RollupName Name, int Point), LatencyParts>();
        foreach (var result in results)
        {
            var key = (result.Name, result.PointMinute);
            if (!parts.TryGetValue(key, out var one))
            {
                parts.Add(key, one = new LatencyParts());
            }

            one.Put(result.Measure, result.Value);
        }

        return parts;
    }

    private static RollupName Name(LatencyBy by, FamilyKey group, string partition) => by switch
    {
        LatencyBy.Partition => new(group, partition),
        LatencyBy.Topic => new(group with { Third = "" }, ""),
        LatencyBy.All => new(FamilyKey.Group("", "", ""), ""),
        _ => new(group, ""),
    };

    private static LatencyRow Row(LatencyBy by, RollupName name, long time, LatencyParts parts)
    {
        var key = name.Family;
        var hasTopic = by is not (LatencyBy.Path or LatencyBy.All);
        return new LatencyRow(
            by == LatencyBy.Path ? key.First : null,
            hasTopic ? key.First : null,
            hasTopic ? key.Second : null,
            hasTopic && by != LatencyBy.Topic ? key.Third : null,
            by == LatencyBy.Partition ? Partitions.Parse(name.Detail) : null,
            time,
            Distribution.Of(parts.Find(Measure.EndToEnd)),
            Distribution.Of(parts.Find(Measure.Lag)),
            Distribution.Of(parts.Find(Measure.Produce)),
            Distribution.Of(parts.Find(Measure.InTopic)),
            Distribution.Of(parts.Find(Measure.InClient)),
            Distribution.Of(parts.Find(Measure.Processing)),
            parts.Find(Measure.Skewed)?.Count ?? 0);
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
