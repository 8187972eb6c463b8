using Throughline.Dashboard.Internal.Topics;

namespace Throughline.Dashboard.Tests.Topics;

public sealed class CatchUpTests
{
    [Fact]
    public void A_lag_that_falls_by_ten_a_minute_is_gone_after_as_many_minutes_as_there_are_tens()
    {
        var caughtUp = CatchUp.Of(70, [100, 90, 80, 70], pointSeconds: 60);

        Assert.Equal(CatchUpKind.In, caughtUp.Kind);
        Assert.Equal(420, caughtUp.Seconds, 6);
    }

    [Fact]
    public void What_was_before_the_last_ten_points_does_not_count() =>
        Assert.Equal(
            CatchUpKind.In, CatchUp.Of(10, [0, 0, 0, 1000, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10], pointSeconds: 60).Kind);

    [Fact]
    public void Points_that_nobody_told_leave_their_place_and_two_make_no_line()
    {
        Assert.Equal(120, CatchUp.Of(10, [40, null, 30, null, 20, null, 10], 60).Seconds, 6);
        Assert.Equal(CatchUpKind.Unknown, CatchUp.Of(10, [30, null, 10], 60).Kind);
    }

    [Fact]
    public void A_lag_that_grows_or_stands_is_never_gone()
    {
        Assert.Equal(CatchUpKind.Never, CatchUp.Of(30, [10, 20, 30], 60).Kind);
        Assert.Equal(CatchUpKind.Never, CatchUp.Of(30, [30, 30, 30], 60).Kind);
    }

    [Fact]
    public void Nothing_behind_is_caught_up_and_nothing_told_is_unknown()
    {
        Assert.Equal(CatchUpKind.Done, CatchUp.Of(0, [], 60).Kind);
        Assert.Equal(CatchUpKind.Unknown, CatchUp.Of(null, [3, 2, 1], 60).Kind);
    }
}
