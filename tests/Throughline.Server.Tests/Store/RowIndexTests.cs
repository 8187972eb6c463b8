using System.Buffers;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Tests.Store;

public sealed class RowIndexTests
{
    [Theory]
    [InlineData(1000, 3)]
    [InlineData(1000, 200)]
    [InlineData(1000, 500)]
    [InlineData(1000, 997)]
    [InlineData(1000, 1000)]
    [InlineData(1, 1)]
    public void A_list_of_rows_is_read_as_it_was_written(int total, int count)
    {
        var rows = Enumerable.Range(0, total).ToArray();
        new Random(total + count).Shuffle(rows);
        rows = [.. rows.Take(count).Order()];
        var bytes = new ArrayBufferWriter<byte>();
        PostingList.Write(rows, total, bytes);

        var read = new RowSet(total);
        PostingList.Read(bytes.WrittenSpan, read);

        Assert.Equal(rows, RowsOf(read));
        Assert.InRange(bytes.WrittenCount, 1, 2 + (total / 8) + 1);
    }

    [Fact]
    public void A_list_adds_to_what_is_there()
    {
        var bytes = new ArrayBufferWriter<byte>();
        PostingList.Write([.. Enumerable.Range(0, 100).Where(row => row != 7)], 100, bytes);
        var read = new RowSet(100);
        read.Add(7);

        PostingList.Read(bytes.WrittenSpan, read);

        Assert.Equal(Enumerable.Range(0, 100), RowsOf(read));
    }

    [Fact]
    public void Ranges_and_intersections_are_exact_at_words_edges()
    {
        var range = new RowSet(200);
        range.AddRange(63, 66);
        var other = new RowSet(200);
        other.AddRange(0, 65);
        other.AddRange(128, 72);

        range.IntersectWith(other);

        Assert.Equal([63, 64, 128], RowsOf(range));
        Assert.Equal(-1, range.Next(65, 128));
        Assert.Equal(-1, range.Next(129, 200));
    }

    [Fact]
    public void The_scale_never_decreases_and_no_range_loses_a_number()
    {
        var numbers = Enumerable.Range(0, 63).SelectMany(power => new[] { (1L << power) - 1, 1L << power, (1L << power) + 1, (1L << power) + (1L << power) / 3 })
            .Append(-5).Append(0).Append(long.MaxValue).Where(number => number >= -5).Order().ToArray();

        Assert.Equal(numbers.Select(LogScale.Of).Order(), numbers.Select(LogScale.Of));
        Assert.All(numbers, number => Assert.InRange(LogScale.Of(number), LogScale.Lowest, byte.MaxValue));
        Assert.True(LogScale.Of(2_000_000) > LogScale.Of(1_000_000));
    }

    [Fact]
    public void A_filter_knows_what_was_added_and_little_else()
    {
        var filter = BloomFilter.ForCount(10_000, BloomFilter.BitsPerId);
        for (ulong i = 0; i < 10_000; i++)
        {
            filter.Add(TermHash.Of(1, i, i));
        }

        Assert.All(Enumerable.Range(0, 10_000), i => Assert.True(filter.MayContain(TermHash.Of(1, (ulong)i, (ulong)i))));
        var mistaken = Enumerable.Range(0, 10_000).Count(i => filter.MayContain(TermHash.Of(2, (ulong)i, (ulong)i)));
        Assert.InRange(mistaken, 0, 150);
    }

    private static IEnumerable<int> RowsOf(RowSet set)
    {
        for (var row = set.Next(0, set.Rows); row >= 0; row = row + 1 < set.Rows ? set.Next(row + 1, set.Rows) : -1)
        {
            yield return row;
        }
    }
}
