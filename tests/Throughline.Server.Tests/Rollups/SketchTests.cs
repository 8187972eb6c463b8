using FsCheck;
using FsCheck.Fluent;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Tests.Rollups;

public sealed class SketchTests
{
    private static readonly double[] Shares = [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1];

    /// <summary>Nanoseconds from one to a year, small and large ones alike.</summary>
    private static Arbitrary<double[]> Values => ArbMap.Default.ArbFor<NonNegativeInt>().Generator
        .Select(static n => Math.Max(1, Math.Pow(10, n.Get % 16_400 / 1000.0)))
        .ArrayOf()
        .Where(static values => values.Length > 0)
        .ToArbitrary();

    [Fact]
    public void A_percentile_is_within_one_hundredth_of_the_value_of_that_rank() =>
        Prop.ForAll(Values, static values => IsClose(Of(values), values)).QuickCheckThrowOnFailure();

    [Fact]
    public void Merged_ones_tell_what_one_of_all_values_tells() =>
        Prop.ForAll(
            Values,
            Values,
            static (left, right) =>
            {
                var merged = Of(left);
                merged.Merge(Of(right));
                return Same(merged, Of([.. left, .. right]));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_written_reads_the_same() =>
        Prop.ForAll(Values, static values => Same(Read(Written(Of(values))), Of(values))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_million_values_of_every_size_take_bounded_space()
    {
        var sketch = new Sketch();
        var random = new Random(1);
        for (var i = 0; i < 1_000_000; i++)
        {
            sketch.Add(Math.Pow(10, random.NextDouble() * 20), 1);
        }

        Assert.InRange(sketch.Buckets, 1000, Sketch.BucketsMax + 1);
        Assert.InRange(Written(sketch).Length, 1, 10_000);
    }

    [Fact]
    public void A_minute_of_like_values_takes_few_bytes()
    {
        var sketch = new Sketch();
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            sketch.Add(5e6 * (1 + (random.NextDouble() / 4)), 1);
        }

        Assert.InRange(Written(sketch).Length, 1, 64);
    }

    [Fact]
    public void A_value_counts_as_often_as_its_weight_says()
    {
        var sketch = new Sketch();
        sketch.Add(100, 9);
        sketch.Add(1000, 1);

        Assert.InRange(sketch.Quantile(0.5), 99, 101);
        Assert.InRange(sketch.Quantile(1), 990, 1010);
    }

    [Fact]
    public void Nothing_at_all_has_no_percentile() => Assert.Equal(0, new Sketch().Quantile(0.5));

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 255, 255, 255, 255, 15 })]
    [InlineData(new byte[] { 0, 1, 255, 255, 3, 2 })]
    [InlineData(new byte[] { 0, 1, 5, 1, 2, 3 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 })]
    public void What_is_none_is_refused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => Read(bytes));

    private static bool IsClose(Sketch sketch, double[] values)
    {
        var sorted = values.Order().ToArray();
        return Shares.All(share =>
        {
            var exact = sorted[(int)Math.Floor(share * (sorted.Length - 1))];
            return Math.Abs(sketch.Quantile(share) - exact) <= (Sketch.RelativeError * exact) + 1e-6;
        });
    }

    private static bool Same(Sketch left, Sketch right) =>
        left.Buckets == right.Buckets && Shares.All(share => left.Quantile(share) == right.Quantile(share));

    private static Sketch Of(double[] values)
    {
        var sketch = new Sketch();
        foreach (var value in values)
        {
            sketch.Add(value, 1);
        }

        return sketch;
    }

    private static byte[] Written(Sketch sketch)
    {
        var writer = new ByteWriter();
        sketch.Write(writer);
        return writer.Written.ToArray();
    }

    private static Sketch Read(byte[] bytes)
    {
        var sketch = new Sketch();
        var reader = new ByteReader(bytes);
        sketch.Read(ref reader);
        return sketch;
    }
}
