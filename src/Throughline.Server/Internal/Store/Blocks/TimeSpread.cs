namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>Earliest and latest of some times, Unix nanoseconds, both included.</summary>
internal readonly record struct TimeSpread(long First, long Last)
{
    public static TimeSpread None => new(long.MaxValue, long.MinValue);

    public bool IsNone => First > Last;

    public TimeSpread With(long time) => new(Math.Min(First, time), Math.Max(Last, time));

    public TimeSpread With(TimeSpread other) => new(Math.Min(First, other.First), Math.Max(Last, other.Last));
}
