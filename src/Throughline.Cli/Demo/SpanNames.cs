namespace Throughline.Cli.Demo;

/// <summary>
/// The names by which the demo finds its way through the services' spans.
/// Messaging: https://github.com/open-telemetry/semantic-conventions/blob/v1.44.0/docs/messaging/kafka.md
/// </summary>
internal static class SpanNames
{
    public const string CreateOrder = "create_order";
    public const string ProcessOrderEvent = "process_order_event";
    public const string OrderId = "order.id";
    public const string Destination = "messaging.destination.name";
    public const string Partition = "messaging.destination.partition.id";
    public const string Offset = "messaging.kafka.offset";
    public const string RecordTimestamp = "throughline.record.timestamp_unix_ms";
    public const string RecordTimestampType = "throughline.record.timestamp_type";
}
