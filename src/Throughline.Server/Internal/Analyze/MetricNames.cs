using System.Collections.Frozen;

namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// The metrics that analyses read; whoever decodes metrics may drop all others. The conventions' are at
/// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/; <c>throughline.*</c> are in docs/metrics.md.
/// </summary>
internal static class MetricNames
{
    public const string Sent = "messaging.client.sent.messages";
    public const string Consumed = "messaging.client.consumed.messages";
    public const string ProcessDuration = "messaging.process.duration";
    public const string Retries = "throughline.process.retries";
    public const string ForwardedToRetry = "throughline.process.forwarded_to_retry";
    public const string DeadLettered = "throughline.process.dead_lettered";
    public const string Redriven = "throughline.process.redriven";
    public const string LagTime = "throughline.consumer.lag.time";
    public const string LagOffset = "throughline.consumer.lag.offset";
    public const string LagCommitted = "throughline.consumer.lag.committed";
    public const string HeaderSize = "throughline.send.header_size";
    public const string HeadersDropped = "throughline.send.headers_dropped";

    public static FrozenSet<string> All { get; } =
        FrozenSet.ToFrozenSet(
        [
            Sent, Consumed, ProcessDuration, Retries, ForwardedToRetry, DeadLettered, Redriven, LagTime, LagOffset, LagCommitted,
            HeaderSize, HeadersDropped,
        ]);
}
