namespace Throughline.Kafka.Internal.Metrics;

/// <summary>A client's statistics, by its configuration.</summary>
/// <param name="Interval">How often librdkafka tells them; zero for never.</param>
/// <param name="ReadsCommitted">A consumer's isolation level.</param>
internal sealed record StatisticsSettings(TimeSpan Interval, bool ReadsCommitted)
{
    /// <summary>A wrapped client's: nobody knows, and its handler is not ours.</summary>
    internal static readonly StatisticsSettings None = new(TimeSpan.Zero, ReadsCommitted: true);

    private const string IntervalName = "statistics.interval.ms";

    // Librdkafka's bound.
    private static readonly TimeSpan IntervalMax = TimeSpan.FromDays(1);

    internal bool AreOn => Interval > TimeSpan.Zero;

    internal static StatisticsSettings Of(ClientSettings settings) => new(
        int.TryParse(settings[IntervalName], out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.Zero,
        !"read_uncommitted".Equals(settings["isolation.level"], StringComparison.OrdinalIgnoreCase));

    /// <summary>The configuration with statistics as the options want them; what the user has set stays.</summary>
    /// <exception cref="ArgumentException">The option is out of its range; the message names it.</exception>
    internal static IEnumerable<KeyValuePair<string, string>> Apply(
        KafkaTracingOptions options, IEnumerable<KeyValuePair<string, string>> config)
    {
        if (options.StatisticsInterval is not { } interval)
        {
            return config;
        }

        if (interval < TimeSpan.FromMilliseconds(1) || interval > IntervalMax)
        {
            throw new ArgumentException(
                $"{nameof(KafkaTracingOptions.StatisticsInterval)} is {interval}; allowed: 1 ms to {IntervalMax}, or null to leave "
                + $"{IntervalName} as it is.",
                nameof(options));
        }

        return new ClientSettings(config)[IntervalName] is null
            ? [.. config, new(IntervalName, ((long)interval.TotalMilliseconds).ToString())]
            : config;
    }

    /// <exception cref="NotSupportedException">The option is set, for a client that was built already.</exception>
    internal static void RefuseForWrapped(KafkaTracingOptions options, string builder)
    {
        if (options.StatisticsInterval is { } interval)
        {
            throw new NotSupportedException(
                $"{nameof(KafkaTracingOptions)}.{nameof(KafkaTracingOptions.StatisticsInterval)} is {interval}, but a wrapped client "
                + $"gives its statistics only to a handler that was set when it was built; allowed: null, or build it with {builder}.");
        }
    }
}
