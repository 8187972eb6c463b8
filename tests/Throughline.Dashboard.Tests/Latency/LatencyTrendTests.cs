using Throughline.Dashboard.Internal.Latency;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Dashboard.Tests.Latency;

/// <summary>Times of trends, and names of rows.</summary>
public sealed class LatencyTrendTests
{
    private const long MinuteNs = 60_000_000_000;
    private const long Now = 1_000_000 * MinuteNs;

    [Theory]
    [InlineData(5, 1)]
    [InlineData(60, 1)]
    [InlineData(6 * 60, 10)]
    [InlineData(24 * 60, 10)]
    [InlineData(7 * 24 * 60, 60)]
    [InlineData(30 * 24 * 60, 24 * 60)]
    public void Point_is_as_long_as_suits_the_time(int minutes, int point) =>
        Assert.Equal(point, LatencyTrend.PointOf(new TimeRange(Now - (minutes * MinuteNs), Now), Now).Minutes);

    [Fact]
    public void What_is_older_than_a_day_has_hours() =>
        Assert.Equal(RollupTier.Hour, LatencyTrend.PointOf(new TimeRange(Now - (30 * 60 * MinuteNs), Now - (29 * 60 * MinuteNs)), Now));

    [Fact]
    public void Time_without_a_row_is_a_gap()
    {
        var range = new TimeRange(Now, Now + (4 * MinuteNs));
        var trend = LatencyTrend.Of(range, RollupTier.Minute, [Row("g", Now), Row("g", Now + (2 * MinuteNs))]);
        Assert.Equal([Now, Now + MinuteNs, Now + (2 * MinuteNs), Now + (3 * MinuteNs)], trend.Times);
        Assert.Equal([0, null, 0, null], trend.Values(row => row.Skewed));
    }

    [Fact]
    public void Query_of_the_slowest_finds_the_group_that_is_a_service()
    {
        var row = Row("(mailer)", 0) with { Processing = new Distribution(9, 5e6, 1e6, 4e6, 9e6, 12_345_678, 2e7, 3e7) };
        Assert.Equal("topic = orders and service = mailer and operation = process and duration > 12ms", RowName.Of(row).SlowestQuery(row));
    }

    [Fact]
    public void Query_of_the_slowest_of_a_path_is_of_its_end()
    {
        var row = Row("g", 0) with
        {
            Path = "shop → orders → mailer",
            Processing = new Distribution(9, 5, 1, 4, 9, 1500, 20, 30),
            Lag = new Distribution(9, 5, 1, 4, 9, 2e9, 20, 30),
        };
        Assert.Equal(
            "topic = orders and service = mailer and operation = process and (lag > 2s or duration > 1500ns)", RowName.Of(row).SlowestQuery(row));
    }

    private static LatencyRow Row(string group, long time) => new(null, "c", "orders", group, null, time, null, null, null, null, null, null, 0);
}
