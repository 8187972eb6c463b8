using Throughline.Dashboard.Internal.Charts;
using Throughline.Dashboard.Internal.Topics;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Dashboard.Tests.Topics;

public sealed class HeatGridTests
{
    private const long MinuteNs = 60_000_000_000;

    private static readonly TrendAxis Axis = new(RollupTier.Minute, [0, MinuteNs]);

    [Fact]
    public void A_square_is_of_the_group_that_waits_longest()
    {
        var grid = HeatGrid.Of(HeatMeasure.Wait, Axis, [Wait("mail", 3, 0, 10e6), Wait("billing", 3, 0, 80e6)], []);

        Assert.Equal([80e6, null], Assert.Single(grid.Rows).Values);
    }

    [Fact]
    public void Each_step_of_waiting_is_twice_the_one_before()
    {
        var grid = HeatGrid.Of(HeatMeasure.Wait, Axis, [Wait("billing", 0, 0, 800e6)], []);

        Assert.Equal([8, 8, 7, 7, 6, 1, 0, 0], ((double?[])[800e6, 401e6, 400e6, 201e6, 200e6, 1e3, 0, null]).Select(grid.StepOf));
        Assert.Equal(400e6, grid.LimitOf(7));
    }

    [Fact]
    public void Errors_without_any_leave_the_squares_empty()
    {
        var grid = HeatGrid.Of(HeatMeasure.Errors, Axis, [], [Flow(0, 0, failed: 0), Flow(1, MinuteNs, failed: 4)]);

        Assert.Equal("M1 1h1v1h-1z", grid.PathOf(8));
        Assert.Equal("M0 0h1v1h-1z", grid.PathOf(0));
    }

    [Fact]
    public void Of_very_many_partitions_those_with_the_largest_numbers_are_shown()
    {
        var grid = HeatGrid.Of(HeatMeasure.Errors, Axis, [], [.. Enumerable.Range(0, 500).Select(partition => Flow(partition, 0, failed: partition))]);

        Assert.Equal(500, grid.Rows.Count + grid.LeftOut);
        Assert.Equal(499, grid.Rows[^1].Partition);
    }

    private static LatencyRow Wait(string group, int partition, long time, double p95) => new(
        null, "", "orders", group, partition, time, null, new Distribution(10, p95, p95, p95, p95, p95, p95, p95), null, null, null, null, 0);

    private static FlowRow Flow(int partition, long time, double failed) =>
        new("", "orders", partition, time, 10, LedgerBasis.Spans, 0, 10, failed, 0, 0);
}
