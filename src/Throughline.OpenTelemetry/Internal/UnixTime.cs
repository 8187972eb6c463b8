namespace Throughline.OpenTelemetry.Internal;

/// <summary>Times as backends want them.</summary>
internal static class UnixTime
{
    public static long Nanoseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    public static long Microseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
