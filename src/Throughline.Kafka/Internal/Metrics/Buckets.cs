namespace Throughline.Kafka.Internal.Metrics;

/// <summary>Bucket boundaries of histograms, in seconds.</summary>
internal static class Buckets
{
    /// <summary>What the conventions advise for durations of messaging operations.</summary>
    internal static readonly double[] OfDurations = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    /// <summary>A lag is milliseconds where all is well, and hours or days where it is not: the topic's retention is its bound.</summary>
    internal static readonly double[] OfLags =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400, 604_800];
}
