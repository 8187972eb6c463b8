using Throughline.Cli.Demo.Traces;

namespace Throughline.Cli.Tests;

public class PercentilesTests
{
    [Fact]
    public void Nothing_has_no_percentiles() => Assert.Null(Percentiles.Of([]));

    [Fact]
    public void One_duration_is_every_percentile() =>
        Assert.Equal(new Percentiles(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), Percentiles.Of([TimeSpan.FromSeconds(3)]));

    [Fact]
    public void Ranks_are_durations_that_occurred()
    {
        var durations = Enumerable.Range(1, 200).Reverse().Select(ms => TimeSpan.FromMilliseconds(ms));

        Assert.Equal(
            new Percentiles(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(198)), Percentiles.Of(durations));
    }
}
