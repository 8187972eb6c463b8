using Throughline.Dashboard.Internal.Charts;
using Throughline.Dashboard.Internal.Topics;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Dashboard.Tests.Topics;

/// <summary>Three things that lists of lag get wrong: no commit, a commit that retention has passed, and one past the end.</summary>
public sealed class GroupLagsTests
{
    private const long MinuteNs = 60_000_000_000;

    private static readonly TrendAxis Axis = new(RollupTier.Minute, [0, MinuteNs, 2 * MinuteNs]);

    [Fact]
    public void A_partition_without_a_commit_is_behind_by_all_of_it()
    {
        var lag = Of(start: 5, end: 105, committed: null);

        Assert.Equal(100, lag.Records);
        Assert.Contains("nothing committed", lag.Flag, StringComparison.Ordinal);
    }

    [Fact]
    public void What_retention_has_deleted_is_not_there_to_be_read()
    {
        var lag = Of(start: 50, end: 60, committed: 3);

        Assert.Equal(10, lag.Records);
        Assert.Contains("the log starts at 50", lag.Flag, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_past_the_end_is_shown_below_zero()
    {
        var lag = Of(start: 0, end: 60, committed: 70);

        Assert.Equal(-10, lag.Records);
        Assert.NotNull(lag.Flag);
    }

    [Fact]
    public void Without_brokers_the_clients_latest_figure_stands_and_says_so()
    {
        var group = Assert.Single(new GroupLags(Axis).Of(
            [Told(0, 30), Told(MinuteNs, 20), Told(2 * MinuteNs, 10)], [], [], null));

        var partition = Assert.Single(group.Partitions);
        Assert.Equal((10.0, LagSource.ClientCommitted), (partition.Records, partition.Source));
        Assert.Equal((CatchUpKind.In, 60.0), (group.CatchUp.CatchUp.Kind, group.CatchUp.CatchUp.Seconds));
    }

    [Fact]
    public void A_group_has_caught_up_when_its_slowest_partition_has()
    {
        var rows = Enumerable.Range(0, 3).SelectMany(minute => (LagRow[])
            [Told(minute * MinuteNs, 30 - (10 * minute)), Told(minute * MinuteNs, 300 - (10 * minute), partition: 1)]);

        var group = Assert.Single(new GroupLags(Axis).Of([.. rows], [], [], null));

        Assert.Equal((1, 1680.0), (group.CatchUp.Partition, group.CatchUp.CatchUp.Seconds));
        Assert.Equal(290, group.Records);
    }

    private static PartitionLag Of(long start, long end, long? committed)
    {
        var topic = new TopicState("orders", "", false, null, [new PartitionState(0, 1, 1, 1, start, end)]);
        var commits = new Dictionary<TopicSlot, long> { [new TopicSlot("orders", 1)] = 0 };
        if (committed is { } offset)
        {
            commits[new TopicSlot("orders", 0)] = offset;
        }

        var view = new ClusterView(
            "c1", 0, null, false, [], new Dictionary<string, TopicState> { ["orders"] = topic }, [new GroupState("billing", "Stable", commits)],
            new Dictionary<GroupSlot, long>(), null);
        var group = Assert.Single(new GroupLags(Axis).Of([], [], [new ClusterState("kafka", view, null, 0)], "orders"));
        return Assert.Single(group.Partitions);
    }

    private static LagRow Told(long time, double behind, int partition = 0) =>
        new("", "orders", "billing", partition, time, null, new LagFigure(behind, behind), null, null, null);
}
