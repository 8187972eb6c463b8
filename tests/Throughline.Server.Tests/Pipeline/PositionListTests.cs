using Throughline.Server.Internal.Pipeline;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Pipeline;

public sealed class PositionListTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Positions_come_back_sorted(int seed)
    {
        var random = new Random(seed);
        var positions = Enumerable.Range(0, 1000)
            .Select(_ => new SpanPosition(random.NextInt64(1L << random.Next(1, 50)), random.Next(1 << random.Next(1, 26)), random.Next(5000)))
            .DistinctBy(position => (position.Entry, position.Start))
            .ToArray();
        Assert.Equal(
            positions.OrderBy(position => position.Entry).ThenBy(position => position.Start),
            PositionList.Decode(PositionList.Encode(positions)));
    }

    [Fact]
    public void Spans_of_one_request_take_a_few_bytes_each()
    {
        var positions = Enumerable.Range(0, 100_000).Select(i => new SpanPosition(i / 512 * 400_000L, i % 512 * 780, 770));
        Assert.InRange(PositionList.Encode(positions).Length, 1, 600_000);
    }

    [Fact]
    public void Bytes_that_end_in_a_number_are_refused() =>
        Assert.Throws<InvalidDataException>(() => PositionList.Decode([1, 0x80]));
}
