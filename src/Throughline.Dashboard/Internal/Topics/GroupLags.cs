using Throughline.Dashboard.Internal.Charts;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Brokers;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>How far groups are behind: what brokers say now, else the latest that was told.</summary>
internal sealed class GroupLags(TrendAxis axis)
{
    /// <param name="told">Lag over time.</param>
    /// <param name="waits">Latencies by partition.</param>
    /// <param name="clusters">What brokers say now.</param>
    /// <param name="topic">The only topic that is asked for; null for all.</param>
    public IReadOnlyList<GroupLag> Of(
        IReadOnlyList<LagRow> told, IReadOnlyList<LatencyRow> waits, IReadOnlyList<ClusterState> clusters, string? topic)
    {
        var rows = told.ToLookup(static row => (row.Cluster, row.Topic, row.Group));
        var times = waits.ToLookup(static row => (Cluster: row.Cluster!, Topic: row.Topic!, Group: row.Group!));
        var views = clusters.Select(static cluster => cluster.View).OfType<ClusterView>().ToList();
        var commits = views
            .SelectMany(view => view.Groups.SelectMany(group => group.Committed.Keys
                .Select(static slot => slot.Topic).Distinct(StringComparer.Ordinal)
                .Where(name => topic is null || topic == name)
                .Select(name => (Key: (Cluster: view.ClusterId, Topic: name, Group: group.Name), View: view, Group: group))))
            .ToDictionary(static one => one.Key, static one => (one.View, one.Group));
        return
        [
            .. rows.Select(static group => group.Key)
                .Union(times.Select(static group => group.Key))
                .Union(commits.Keys)
                .Select(key => Lag(
                    key, [.. rows[key]], [.. times[key]], commits.TryGetValue(key, out var known) ? known : null))
                .OrderByDescending(static lag => lag.Records ?? -1)
                .ThenByDescending(static lag => lag.Slowest?.Wait?.P95 ?? 0),
        ];
    }

    private GroupLag Lag(
        (string Cluster, string Topic, string Group) key,
        IReadOnlyList<LagRow> rows,
        IReadOnlyList<LatencyRow> waits,
        (ClusterView View, GroupState Group)? known)
    {
        var byPartition = rows.ToLookup(static row => row.Partition);
        var states = known?.View.Topics.GetValueOrDefault(key.Topic)?.Partitions.ToDictionary(static partition => partition.Partition) ?? [];
        var partitions = byPartition.Select(static partition => partition.Key)
            .Union(waits.Select(static wait => wait.Partition ?? -1))
            .Union(states.Keys)
            .Order()
            .Select(partition => Partition(
                partition,
                [.. byPartition[partition].OrderBy(static row => row.Time)],
                waits.FirstOrDefault(wait => (wait.Partition ?? -1) == partition)?.Lag,
                states.TryGetValue(partition, out var state)
                    ? Now(state, known!.Value.Group.Committed.TryGetValue(new TopicSlot(key.Topic, partition), out var committed) ? committed : null)
                    : null));
        return new GroupLag(key.Cluster, key.Topic, key.Group, [.. partitions], known?.Group.State);
    }

    private PartitionLag Partition(
        int partition, IReadOnlyList<LagRow> rows, Distribution? wait, (double? Records, (long, long)? Position, string? Flag)? now)
    {
        var source = now?.Records is not null ? LagSource.Broker
            : rows.Any(static row => row.Committed is not null) ? LagSource.Broker
            : rows.Any(static row => row.ClientCommitted is not null) ? LagSource.ClientCommitted
            : rows.Any(static row => row.Position is not null) ? LagSource.ClientPosition
            : LagSource.None;
        var trend = axis.Values(rows, static row => row.Time, row => Figure(row, source)?.Mean);
        var records = now?.Records ?? trend.LastOrDefault(static value => value is not null);
        return new PartitionLag(
            partition,
            records,
            source,
            now?.Position,
            now?.Flag,
            wait,
            trend,
            CatchUp.Of(records, trend, axis.PointSeconds));
    }

    /// <summary>What is uncommitted is all to be read; what has expired is not there to be.</summary>
    private static (double? Records, (long, long)? Position, string? Flag)? Now(PartitionState state, long? committed)
    {
        if (state.Start < 0 || state.End < 0)
        {
            return null;
        }

        return committed switch
        {
            null => (state.End - state.Start, (state.Start, state.End), "nothing committed: everything is to be read"),
            { } at when at < state.Start => (state.End - state.Start, (at, state.End), $"the log starts at {state.Start}, past the commit"),
            { } at when at > state.End => (state.End - at, (at, state.End), "the commit is past the end: the topic was made again, or records are gone"),
            { } at => (state.End - at, (at, state.End), null),
        };
    }

    private static LagFigure? Figure(LagRow row, LagSource source) => source switch
    {
        LagSource.Broker => row.Committed,
        LagSource.ClientCommitted => row.ClientCommitted,
        LagSource.ClientPosition => row.Position,
        _ => null,
    };
}
