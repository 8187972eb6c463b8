namespace Throughline.Server.Internal.Store.Terms;

/// <summary>One block's part of the open segment's index: its terms, sorted, with the rows that have them.</summary>
internal sealed class BlockTerms
{
    private readonly int[] _starts;
    private readonly ushort[] _rows;
    private readonly byte[] _durations;
    private readonly byte[] _lags;

    /// <param name="terms">Sorted.</param>
    /// <param name="starts">Where each term's rows begin in <paramref name="rows"/>, and where the last one's end.</param>
    /// <param name="rows">Rows, counted from the block's first.</param>
    /// <param name="durations">One a row, of <see cref="LogScale"/>.</param>
    /// <param name="lags">One a row, of <see cref="LogScale"/>.</param>
    /// <param name="offsets">One a partition.</param>
    public BlockTerms(ulong[] terms, int[] starts, ushort[] rows, byte[] durations, byte[] lags, OffsetSpread[] offsets)
    {
        Offsets = offsets;
        Terms = terms;
        _starts = starts;
        _rows = rows;
        _durations = durations;
        _lags = lags;
    }

    public ulong[] Terms { get; }

    public OffsetSpread[] Offsets { get; }

    public byte[] Column(LogColumn column) => column == LogColumn.Duration ? _durations : _lags;

    public ReadOnlySpan<ushort> Rows(int index) => _rows.AsSpan(_starts[index].._starts[index + 1]);

    public ReadOnlySpan<ushort> Find(ulong term)
    {
        var index = Array.BinarySearch(Terms, term);
        return index < 0 ? default : Rows(index);
    }

    /// <summary>The part of a range of records that some row may name; null for none.</summary>
    public RecordRange? Within(ulong partition, RecordRange records)
    {
        foreach (var spread in Offsets)
        {
            if (spread.Partition == partition)
            {
                return records.Within(spread.Least, spread.Greatest);
            }
        }

        return null;
    }
}
