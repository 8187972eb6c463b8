using Throughline.Kafka.Internal;

namespace Throughline.Kafka.Tests;

/// <summary>The table of when Consume returned which record.</summary>
public class ReceivedTimesTests
{
    [Theory]
    [InlineData("orders-1", "orders-2")]
    [InlineData("eu-orders", "us-orders")]
    [InlineData("orders", "payments")]
    [InlineData("a", "b")]
    [InlineData("orders", null)]
    public void Same_place_of_two_topics_is_kept_for_both(string? one, string? other)
    {
        var times = new ReceivedTimes(TimeProvider.System);
        for (var offset = 0; offset < 100; offset++)
        {
            times.Note(one!, 3, offset);
            times.Note(other!, 3, offset);
        }

        Assert.All(Enumerable.Range(0, 100), offset => Assert.NotNull(times.Of(one!, 3, offset)));
        Assert.All(Enumerable.Range(0, 100), offset => Assert.NotNull(times.Of(other!, 3, offset)));
        Assert.Null(times.Of("third", 3, 5));
    }
}
