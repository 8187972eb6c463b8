using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Throughline.Kafka.Internal;

/// <summary>The source of every span and the instruments of every metric: the library's only statics.</summary>
internal static class Telemetry
{
    internal static readonly ActivitySource Spans = new(KafkaInstrumentation.ActivitySourceName, Version);

    private static readonly Meter Meter = new(KafkaInstrumentation.MeterName, Version);

    // The buckets that the conventions name for durations of messaging operations, in seconds.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    internal static readonly Histogram<double> OperationDuration = Meter.CreateHistogram(
        "messaging.client.operation.duration", "s", "Duration of a send or a commit; a poll's is mostly waiting.", advice: Durations);

    internal static readonly Counter<long> SentMessages = Meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Records that a producer attempted to send.");

    internal static readonly Counter<long> ConsumedMessages = Meter.CreateCounter<long>(
        "messaging.client.consumed.messages", "{message}", "Records that Consume returned.");

    internal static readonly Histogram<double> ProcessDuration = Meter.CreateHistogram(
        "messaging.process.duration", "s", "Duration of processing a record.", advice: Durations);

    /// <summary>Sends that went without trace headers because these alone made the record too large.</summary>
    internal static readonly Counter<long> HeadersDropped = Meter.CreateCounter<long>(
        "throughline.send.headers_dropped", "{message}", "Records sent without trace headers because of their size.");

    /// <summary>Faults of the instrumentation or of a hook that were kept away from the caller.</summary>
    internal static readonly Counter<long> Faults = Meter.CreateCounter<long>(
        "throughline.instrumentation.faults", "{fault}", "Contained faults of the instrumentation and its hooks.");

    private static string Version => typeof(Telemetry).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    internal static bool SendMetricsEnabled => SentMessages.Enabled || OperationDuration.Enabled;
}
