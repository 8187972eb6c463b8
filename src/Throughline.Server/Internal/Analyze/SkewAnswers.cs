using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Which partitions and keys stand out.</summary>
internal static class SkewAnswers
{
    private static readonly HashSet<Measure> OfTopics = [Measure.SpanSentTo, Measure.MetricSentTo, Measure.BrokerStored];

    private static readonly HashSet<Measure> OfGroups =
        [Measure.Lag, Measure.Processing, Measure.BrokerLag, Measure.MetricLagCommitted, Measure.MetricLagOffset];

    public static Answer<SkewRow> Of(Question question, HotKeys keys, IReadOnlyList<ClusterState> clusters)
    {
        var topics = question.ReadByName(FamilyKind.TopicPartitions, OfTopics);
        var counts = topics.ToDictionary(static topic => topic.Key, topic => Counts(topic.Key, topic.Value, clusters));
        var rows = counts
            .SelectMany(static topic => Rates(topic.Key, topic.Value))
            .Concat(question.ReadByName(FamilyKind.GroupPartitions, OfGroups).SelectMany(static group => OfGroup(group.Key, group.Value)))
            .Concat(keys.Published
                .Where(topic => question.IsWanted(topic.Key))
                .SelectMany(topic => Keys(question.Shown(topic.Key), topic.Value, counts)));
        return question.Answer(rows.OrderByDescending(static row => row.Ratio));
    }

    /// <summary>Records by partition: as metrics count them, else brokers, else as many as spans were seen.</summary>
    private static Dictionary<int, double> Counts(FamilyKey topic, SeriesValues values, IReadOnlyList<ClusterState> clusters)
    {
        var metrics = values.Of(Measure.MetricSentTo);
        var broker = values.Of(Measure.BrokerStored);
        var counts = metrics.Keys.Any(IsPartition) ? ByPartition(metrics, static value => value.Count)
            : broker.Count > 0 ? ByPartition(broker, static value => value.Count)
            : ByPartition(values.Of(Measure.SpanSentTo), static value => value.Sum);

        // A partition that got nothing is told of by nobody but its broker.
        var partitions = clusters.Select(static cluster => cluster.View)
            .Where(view => view?.ClusterId == topic.First)
            .Select(view => view!.Topics.GetValueOrDefault(topic.Second)?.Partitions)
            .FirstOrDefault(static known => known is not null);
        foreach (var partition in partitions ?? [])
        {
            counts.TryAdd(partition.Partition, 0);
        }

        return counts;
    }

    private static Dictionary<int, double> ByPartition(
        IReadOnlyDictionary<string, RollupValue> values, Func<RollupValue, double> figure) =>
        values.Where(static one => IsPartition(one.Key))
            .ToDictionary(static one => Partitions.Parse(one.Key), one => figure(one.Value));

    private static IEnumerable<SkewRow> Rates(FamilyKey topic, Dictionary<int, double> counts)
    {
        int[] partitions = [.. counts.Keys];
        double[] values = [.. partitions.Select(partition => counts[partition])];
        return Standing(topic, SkewSignal.Rate, Unevenness.CountRule, partitions, values, Unevenness.Count, values.Sum());
    }

    private static IEnumerable<SkewRow> OfGroup(FamilyKey group, SeriesValues values)
    {
        var lag = values.Has(Measure.BrokerLag) ? Measure.BrokerLag
            : values.Has(Measure.MetricLagCommitted) ? Measure.MetricLagCommitted
            : Measure.MetricLagOffset;
        return OfValues(group, SkewSignal.LagTime, values.Of(Measure.Lag), static value => value.Quantile(0.95), Unevenness.ValuesMin)
            .Concat(OfValues(
                group, SkewSignal.Processing, values.Of(Measure.Processing), static value => value.Quantile(0.95), Unevenness.ValuesMin))
            .Concat(OfValues(group, SkewSignal.LagRecords, values.Of(lag), static value => value.Mean, 1)
                .Where(static row => row.Value >= Unevenness.RecordsBehindMin));
    }

    private static IEnumerable<SkewRow> OfValues(
        FamilyKey group,
        SkewSignal signal,
        IReadOnlyDictionary<string, RollupValue> values,
        Func<RollupValue, double> figure,
        double valuesMin)
    {
        var enough = values.Where(one => IsPartition(one.Key) && one.Value.Count >= valuesMin).ToList();
        int[] partitions = [.. enough.Select(static one => Partitions.Parse(one.Key))];
        double[] figures = [.. enough.Select(one => figure(one.Value))];
        return Standing(
            group, signal, Unevenness.ValueRule, partitions, figures, Unevenness.Value, enough.Sum(static one => one.Value.Count));
    }

    private static IEnumerable<SkewRow> Standing(
        FamilyKey of,
        SkewSignal signal,
        string rule,
        int[] partitions,
        double[] values,
        Func<IReadOnlyList<double>, int, Unevenness.Comparison> compare,
        double seen)
    {
        for (var i = 0; i < partitions.Length; i++)
        {
            var found = compare(values, i);
            if (found.StandsOut)
            {
                yield return new SkewRow(
                    of.First,
                    of.Second,
                    of.Third,
                    signal,
                    partitions[i],
                    null,
                    values[i],
                    found.Typical,
                    found.Ratio,
                    found.Score,
                    rule,
                    seen);
            }
        }
    }

    private static IEnumerable<SkewRow> Keys(FamilyKey topic, HotKeyCounts keys, Dictionary<FamilyKey, Dictionary<int, double>> counts)
    {
        var partitions = counts.GetValueOrDefault(topic with { Kind = FamilyKind.TopicPartitions })?.Count ?? 0;
        if (partitions < 2 || keys.Seen < Unevenness.SeenMin)
        {
            yield break;
        }

        // The interval is of what was seen; weights make no evidence.
        var perSpan = keys.Total / keys.Seen;
        foreach (var key in keys.Keys.GroupBy(static key => key.Value, StringComparer.Ordinal))
        {
            var surely = key.Sum(static one => one.Count - one.TooMuchMax);
            var share = surely / keys.Total;
            var shareMin = Unevenness.ShareMin(surely / perSpan, keys.Seen);
            if (shareMin > 1.0 / partitions)
            {
                yield return new SkewRow(
                    topic.First,
                    topic.Second,
                    "",
                    SkewSignal.Key,
                    -1,
                    key.Key,
                    share,
                    1.0 / partitions,
                    share * partitions,
                    shareMin,
                    Unevenness.KeyRule,
                    keys.Seen);
            }
        }
    }

    private static bool IsPartition(string detail) => Partitions.Parse(detail) >= 0;
}
