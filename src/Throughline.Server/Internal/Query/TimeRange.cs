namespace Throughline.Server.Internal.Query;

/// <summary>From the first nanosecond to before the last; Unix time.</summary>
internal readonly record struct TimeRange(long FromUnixNs, long ToUnixNs)
{
    public static TimeRange All => new(0, long.MaxValue);

    public bool Contains(long unixNs) => unixNs >= FromUnixNs && unixNs < ToUnixNs;

    public bool Overlaps(long firstUnixNs, long lastUnixNs) => lastUnixNs >= FromUnixNs && firstUnixNs < ToUnixNs;
}
