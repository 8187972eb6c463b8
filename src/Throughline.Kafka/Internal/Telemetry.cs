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

    /// <summary>Whom the observable instruments ask.</summary>
    internal static readonly LiveClients Clients = new();

    // The conventions'.
    internal static readonly Histogram<double> OperationDuration = Metrics.Histogram(
        "messaging.client.operation.duration",
        Buckets.OfDurations,
        "Duration of a send or a commit. A poll's is not told: it is mostly waiting.",
        MetricAttributes.OfOperation);

    internal static readonly Counter<long> SentMessages = Metrics.Counter(
        "messaging.client.sent.messages", "{message}", "Records that a producer attempted to send.", MetricAttributes.OfSend);

    internal static readonly Counter<long> ConsumedMessages = Metrics.Counter(
        "messaging.client.consumed.messages", "{message}", "Records that Consume returned, or could not read.", MetricAttributes.OfConsumer);

    internal static readonly Histogram<double> ProcessDuration = Metrics.Histogram(
        "messaging.process.duration", Buckets.OfDurations, "Duration of processing a record, or a batch.", MetricAttributes.OfConsumer);

    // Lag. Offset lag is below, with what clients are asked for.
    internal static readonly Histogram<double> TimeLag = Metrics.Histogram(
        "throughline.consumer.lag.time",
        Buckets.OfLags,
        "From a record's timestamp, of the type told, to where its processing begins. Negative ones are clock skew and not in here.",
        MetricAttributes.OfTimeLag);

    internal static readonly Counter<long> ClockSkew = Metrics.Counter(
        "throughline.consumer.clock_skew",
        "{message}",
        "Records whose timestamp is later than the beginning of their processing: clocks that differ, or a timestamp of the sender's own making.",
        MetricAttributes.OfTimeLag);

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
    internal static readonly Counter<long> PollFailures = Metrics.Counter(
        "throughline.consumer.poll_failures", "{failure}", "Calls of Consume that failed for another reason than a record.", MetricAttributes.OfConsumer);

    internal static readonly Counter<long> HeadersDropped = Metrics.Counter(
        "throughline.send.headers_dropped", "{message}", "Records sent without trace headers because of their size.", AttributeNames.DestinationName);

    internal static readonly Counter<long> Faults = Metrics.Counter(
        "throughline.instrumentation.faults", "{fault}", "Contained faults of the instrumentation and its hooks.", AttributeNames.FaultPlace);

    internal static readonly Counter<long> StatisticsRefused = Metrics.Counter(
        "throughline.statistics.refused", "{document}", "Statistics of a client that could not be read.");

    internal static readonly Counter<long> HeaderBytes = Metrics.Counter(
        "throughline.send.header_size", "By", "Names and values of the headers that tracing puts on records.", AttributeNames.DestinationName);

    // Of the clients that live. All but the first are from librdkafka's statistics (STATISTICS.md), where these are on.
    private static readonly Instrument[] OfClients =
    [
        Metrics.ObservableGauge(
            "throughline.consumer.lag.offset",
            "{message}",
            "Records between the consumer's position (what Consume returned last) and the partition's end; of assigned partitions. "
            + "From statistics where these are on, else as of the last fetch, and not before Consume has returned a record.",
            MetricAttributes.OfLag,
            Clients.EachPartition(static (lag, told) => lag.Tell(told))),
        Metrics.ObservableGauge(
            "throughline.consumer.lag.committed",
            "{message}",
            "Records between the group's committed offset and the partition's end; of assigned partitions. From statistics.",
            MetricAttributes.OfLag,
            Clients.EachPartition(static (lag, told) => lag.TellCommitted(told))),
        Metrics.ObservableCounter(
            "throughline.consumer.rebalances",
            "{rebalance}",
            "Rebalances (an assignment or a revocation each) that the consumer went through. From statistics.",
            MetricAttributes.OfClient,
            Clients.Each(static statistics => statistics.Rebalances)),
        Metrics.ObservableGauge(
            "throughline.consumer.rebalance.age",
            "s",
            "Time since the last of them. From statistics.",
            MetricAttributes.OfClient,
            Clients.Each(static statistics => statistics.SinceRebalance?.TotalSeconds)),
        Metrics.ObservableGauge(
            "throughline.producer.queue.messages",
            "{message}",
            "Records that wait in the producer, or for their acknowledgement. From statistics.",
            MetricAttributes.OfClient,
            Clients.Each(static statistics => statistics.IsProducer ? statistics.QueuedMessages : (long?)null)),
        Metrics.ObservableGauge(
            "throughline.producer.queue.size",
            "By",
            "Bytes of the same. From statistics.",
            MetricAttributes.OfClient,
            Clients.Each(static statistics => statistics.IsProducer ? statistics.QueuedBytes : (long?)null)),
        .. OfTraffic(),
        Metrics.ObservableGauge(
            "throughline.broker.rtt",
            "s",
            "Mean time from request to response in the last interval; a consumer's fetches wait at the broker for records. From statistics.",
            MetricAttributes.OfBroker,
            Clients.EachBroker(static broker => broker.RoundTripMean)),
        Metrics.ObservableGauge(
            "throughline.broker.rtt.p99",
            "s",
            "The 99th percentile of the same. From statistics.",
            MetricAttributes.OfBroker,
            Clients.EachBroker(static broker => broker.RoundTripP99)),
        Metrics.ObservableGauge(
            "throughline.broker.throttle.max",
            "s",
            "Longest time in the last interval that the broker asked the client to hold back, by its quotas; 0 for never. From statistics.",
            MetricAttributes.OfBroker,
            Clients.EachBroker(static broker => broker.ThrottleMax)),
    ];

    private static string Version => typeof(Telemetry).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    internal static bool SendMetricsEnabled => SentMessages.Enabled || OperationDuration.Enabled;

    /// <summary>Whether anybody collects what clients tell of themselves.</summary>
    internal static bool ClientMetricsEnabled => Array.Exists(OfClients, static instrument => instrument.Enabled);

    private static Instrument[] OfTraffic() =>
    [
        Total("throughline.client.requests.retried", "{request}", "Requests that were sent again.", static told => told.RequestRetries),
        Total("throughline.client.requests.timed_out", "{request}", "Requests that no broker answered in time.", static told => told.RequestTimeouts),
        Total("throughline.client.bytes.out", "By", "Bytes sent to brokers, requests and all.", static told => told.BytesOut),
        Total("throughline.client.bytes.in", "By", "Bytes received from brokers.", static told => told.BytesIn),
        Total("throughline.client.messages.out", "{message}", "Records sent to brokers.", static told => told.MessagesOut),
        Total("throughline.client.messages.in", "{message}", "Records fetched, whether Consume has returned them or not.", static told => told.MessagesIn),
        Total("throughline.client.message_bytes.out", "By", "Bytes of the records sent, before compression.", static told => told.MessageBytesOut),
        Total("throughline.client.message_bytes.in", "By", "Bytes of the records fetched, after decompression.", static told => told.MessageBytesIn),
    ];

    private static Instrument Total(string name, string unit, string description, Func<ClientStatistics, long?> figure) =>
        Metrics.ObservableCounter(name, unit, $"{description} From statistics.", MetricAttributes.OfClient, Clients.Each(figure));
}
