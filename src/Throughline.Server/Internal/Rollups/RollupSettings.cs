namespace Throughline.Server.Internal.Rollups;

/// <summary>How long rollups are kept, and how many there may be.</summary>
/// <param name="MinutesKept">Rollups of one minute, and of ten.</param>
/// <param name="HoursKept">Rollups of one hour, and of a day.</param>
/// <param name="SeriesMax">Series at most; what would be one more is counted under <c>other</c>.</param>
/// <param name="FamilySeriesMax">Series at most of one topic, group, service or path: one cannot push out the others.</param>
/// <param name="FutureMax">A time that is further ahead of the server's clock than this is taken for now.</param>
internal sealed record RollupSettings(
    TimeSpan MinutesKept, TimeSpan HoursKept, int SeriesMax, int FamilySeriesMax, TimeSpan FutureMax)
{
    public static RollupSettings Default { get; } =
        new(TimeSpan.FromHours(24), TimeSpan.FromDays(30), 50_000, 10_000, TimeSpan.FromMinutes(2));
}
