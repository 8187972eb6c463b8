using Throughline.Kafka.Internal.Capture;

namespace Throughline.Kafka.Tests;

public class GlobTests
{
    [Theory]
    [InlineData("orders", "orders", true)]
    [InlineData("orders", "orders2", false)]
    [InlineData("orders", "Orders", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("orders.*", "orders.eu", true)]
    [InlineData("orders.*", "orders", false)]
    [InlineData("*.eu", "orders.eu", true)]
    [InlineData("*.eu", "orders.eu.old", false)]
    [InlineData("o*s.?u", "orders.eu", true)]
    [InlineData("o*s.?u", "orders.u", false)]
    [InlineData("*a*a*b", "aaaaaaaaaab", true)]
    [InlineData("*a*a*b", "aaaaaaaaaaa", false)]
    [InlineData("?", "", false)]
    public void Stars_and_question_marks_match(string glob, string name, bool matches) =>
        Assert.Equal(matches, Glob.Parse(glob, ignoresCase: false, "Option").Matches(name));

    [Fact]
    public void Case_is_ignored_on_request() =>
        Assert.True(Glob.Parse("*Secret*", ignoresCase: true, "Option").Matches("x-SECRET-key"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("orders-[ab]")]
    [InlineData("{a,b}")]
    [InlineData("a\\*")]
    public void Malformed_ones_are_refused_by_name_and_value(string? glob)
    {
        var refused = Assert.Throws<ArgumentException>(() => GlobList.Parse(["fine", glob!], ignoresCase: false, "The.Option"));
        Assert.Contains($"The.Option[1] is {(glob is null ? "null" : $"\"{glob}\"")}; allowed: ", refused.Message, StringComparison.Ordinal);
    }
}
