namespace Throughline.Server.Internal.Store.Terms;

/// <summary>What is known of a sealed segment's rows without opening its index.</summary>
/// <param name="Terms">Filter of attributes; null where it is not in memory.</param>
/// <param name="Ids">Filter of ids.</param>
/// <param name="Durations">Of the durations.</param>
/// <param name="Lags">Of the lags.</param>
internal sealed record SegmentGlance(BloomFilter? Terms, BloomFilter Ids, ColumnSpread Durations, ColumnSpread Lags)
{
    public bool MayContain(ulong term) => ((term & Term.IdBit) != 0 ? Ids : Terms)?.MayContain(term) ?? true;

    public bool MayContain(LogColumn column, byte from, byte to) =>
        (column == LogColumn.Lag ? Lags : Durations).Overlaps(from, to);
}
