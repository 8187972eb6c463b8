namespace Throughline.Cli.Demo.Otlp;

/// <summary>Spans are timed in nanoseconds since 1970; the demo speaks in <see cref="TimeSpan"/>.</summary>
internal static class Nanoseconds
{
    public const long PerMillisecond = 1_000_000;

    public static TimeSpan ToTimeSpan(long nanoseconds) => new(nanoseconds / TimeSpan.NanosecondsPerTick);
}
