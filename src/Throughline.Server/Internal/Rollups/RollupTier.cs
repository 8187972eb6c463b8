namespace Throughline.Server.Internal.Rollups;

/// <summary>Rollups of one length of time. The numbers are on disk.</summary>
/// <param name="Number">1 for the finest.</param>
/// <param name="Minutes">How long one is.</param>
/// <param name="IsKeptLong">As long as hours are kept, not only as long as minutes are.</param>
internal sealed record RollupTier(int Number, int Minutes, bool IsKeptLong)
{
    // Ten minutes and days are not promised to anybody: they are what makes questions about an hour or a month cheap.
    public static RollupTier Minute { get; } = new(1, 1, false);

    public static RollupTier TenMinutes { get; } = new(2, 10, false);

    public static RollupTier Hour { get; } = new(3, 60, true);

    public static RollupTier Day { get; } = new(4, 24 * 60, true);

    /// <summary>From the finest on; each one's length divides the next one's.</summary>
    public static IReadOnlyList<RollupTier> All { get; } = [Minute, TenMinutes, Hour, Day];

    /// <summary>Start of the one that a minute is in.</summary>
    public int StartOf(int minute) => minute - (minute % Minutes);
}
