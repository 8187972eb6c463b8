using System.Diagnostics;
using System.Diagnostics.Metrics;
using Throughline.Kafka.Internal.Metrics;

namespace Throughline.Kafka.Internal;

/// <summary>
/// The source of every span and the instruments of every metric: the library's only statics. A metric is one declaration
/// here: it makes the instrument, and the row of <c>docs/metrics.md</c>.
/// </summary>
internal static class Telemetry
{
    internal static readonly ActivitySource Spans = new(KafkaInstrumentation.ActivitySourceName, Version);

    internal static readonly MetricTable Metrics = new(new Meter(KafkaInstrumentation.MeterName, Version));

    // The conventions'.
    internal static readonly Histogram<double> OperationDuration = Metrics.Histogram(
        "messaging.client.operation.duration",
        Buckets.OfDurations,
        "Duration of a send or a commit. A poll's is not told: it is mostly waiting.",
        MetricAttributes.OfOperation);

    internal static readonly Counter<long> SentMessages = Metrics.Counter(
        "messaging.client.sent.messages", "{message}", "Records that a producer attempted to send.", MetricAttributes.OfSend);

    internal static readonly Counter<long> ConsumedMessages = Metrics.Counter(
        "messaging.client.consumed.messages", "{message}", "Records that Consume returned, or failed to.", MetricAttributes.OfConsumer);

    internal static readonly Histogram<double> ProcessDuration = Metrics.Histogram(
        "messaging.process.duration", Buckets.OfDurations, "Duration of processing a record, or a batch.", MetricAttributes.OfConsumer);

    // Of failures.
    internal static readonly Counter<long> Retries = Metrics.Counter(
        "throughline.process.retries", "{attempt}", "Attempts at a record that failed and were repeated in place.", MetricAttributes.OfRetry);

    internal static readonly Counter<long> ForwardedToRetry = Metrics.Counter(
        "throughline.process.forwarded_to_retry",
        "{message}",
        "Records that failed and that a retry topic has taken.",
        MetricAttributes.OfForward);

    internal static readonly Counter<long> DeadLettered = Metrics.Counter(
        "throughline.process.dead_lettered",
        "{message}",
        "Records that failed and that the dead-letter topic has taken.",
        MetricAttributes.OfForward);

    internal static readonly Counter<long> Redriven = Metrics.Counter(
        "throughline.process.redriven", "{message}", "Dead letters that were sent back to be processed again.", MetricAttributes.OfForward);

    // Of this library itself.
    internal static readonly Counter<long> HeadersDropped = Metrics.Counter(
        "throughline.send.headers_dropped", "{message}", "Records sent without trace headers because of their size.", AttributeNames.DestinationName);

    internal static readonly Counter<long> Faults = Metrics.Counter(
        "throughline.instrumentation.faults", "{fault}", "Contained faults of the instrumentation and its hooks.", AttributeNames.FaultPlace);

    private static string Version => typeof(Telemetry).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    internal static bool SendMetricsEnabled => SentMessages.Enabled || OperationDuration.Enabled;
}
