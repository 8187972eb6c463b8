using Throughline.Dashboard.Internal.Charts;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Dashboard.Tests.Topics;

public sealed class TrendAxisTests
{
    private const long MinuteNs = 60_000_000_000;
    private const long HourNs = 60 * MinuteNs;

    [Fact]
    public void Points_suit_the_range()
    {
        Assert.Equal(RollupTier.Minute, Axis(HourNs).Point);
        Assert.Equal(RollupTier.TenMinutes, Axis(6 * HourNs).Point);
        Assert.Equal(RollupTier.Hour, Axis(24 * HourNs).Point);
        Assert.Equal(RollupTier.Day, Axis(30 * 24 * HourNs).Point);
    }

    [Fact]
    public void Between_two_counts_there_was_nothing_and_outside_of_them_nobody_knows()
    {
        var axis = Axis(20 * MinuteNs);

        var counts = axis.Counts([(axis.Times[3], 2.0), (axis.Times[6], 1.0)], row => row.Item1, row => row.Item2);

        Assert.Equal([null, null, null, 2, 0, 0, 1, null], counts.Take(8));
    }

    [Fact]
    public void What_began_a_short_while_ago_is_not_squeezed_to_the_edge()
    {
        var axis = Axis(HourNs);

        Assert.Equal(15, axis.Since(axis.Times[^2]).Times.Count);
        Assert.Equal(axis.Times[10], axis.Since(axis.Times[10]).Times[0]);
        Assert.Equal(axis.Times, axis.Since(null).Times);
    }

    private static TrendAxis Axis(long lengthNs)
    {
        var now = 1_000_000 * HourNs;
        return TrendAxis.Of(new TimeRange(now - lengthNs, now), minutesFromUnixNs: now - (24 * HourNs));
    }
}
