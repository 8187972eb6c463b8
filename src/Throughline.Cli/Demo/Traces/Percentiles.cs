namespace Throughline.Cli.Demo.Traces;

/// <summary>Percentiles by nearest rank: each is a duration that really occurred.</summary>
internal sealed record Percentiles(TimeSpan P50, TimeSpan P99)
{
    /// <summary>Null when there is nothing to rank.</summary>
    public static Percentiles? Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Order().ToArray();
        return sorted.Length == 0 ? null : new Percentiles(Rank(sorted, 0.50), Rank(sorted, 0.99));
    }

    private static TimeSpan Rank(TimeSpan[] sorted, double quantile) =>
        sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)];
}
