using System.Globalization;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Otlp;

namespace Throughline.Cli.Demo.Services;

/// <summary>Which services a run has, and what each is configured with.</summary>
internal static class ServiceDescriptions
{
    // An order with a long note is larger than that, as sent: the client refuses it, and it is lost.
    private const string SmallRecords = "message.max.bytes=2048";

    public static IReadOnlyList<ServiceDescription> Of(DemoTopic topic, Uri receiver, string folder, DemoOptions options)
    {
        var shared = Shared(topic, receiver);
        ServiceDescription[] always = [Orders(shared, folder, options), Notifications(shared, topic, receiver, options)];
        return options.HasFaults
            ? [.. always, Shop("billing", topic.BillingGroup, shared, topic, receiver), Shop("audit", topic.AuditGroup, shared, topic, receiver)]
            : always;
    }

    private static ServiceDescription Orders(Dictionary<string, string> shared, string folder, DemoOptions options)
    {
        var orders = new Dictionary<string, string>(shared) { ["ORDER_DB"] = Path.Combine(folder, "orders.db") };
        if (options.HasFaults)
        {
            orders["KAFKA_CONFIG"] = SmallRecords;

            // They are the demo's own customers; a hot key should have a name.
            orders["Kafka__Tracing__Capture__Keys"] = "true";
        }

        return new("order-service", "OrderService/OrderService.dll", orders);
    }

    private static ServiceDescription Notifications(
        Dictionary<string, string> shared, DemoTopic topic, Uri receiver, DemoOptions options) =>
        new("notification-service", "NotificationService/NotificationService.dll", Consumer(shared, topic, new()
        {
            ["NOTIFICATION_GROUP"] = topic.Group,
            ["NOTIFY_URL"] = new Uri(receiver, SpanReceiver.Notifications).ToString(),
            ["DEMO_SKIP_EXTRACT"] = options.Broken ? "1" : "0",
        }));

    private static ServiceDescription Shop(
        string role, string group, Dictionary<string, string> shared, DemoTopic topic, Uri receiver) =>
        new(role, "ShopServices/ShopServices.dll", Consumer(shared, topic, new()
        {
            ["SHOP_GROUP"] = group,
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = new Uri(receiver, SpanReceiver.TracesBeside).ToString(),
        }))
        {
            Arguments = [role],
        };

    private static Dictionary<string, string> Consumer(
        Dictionary<string, string> shared, DemoTopic topic, Dictionary<string, string> own)
    {
        var all = new Dictionary<string, string>(shared.Concat(own));
        if (topic.ConsumerConfig is { } config)
        {
            all["KAFKA_CONFIG"] = config;
        }

        return all;
    }

    private static Dictionary<string, string> Shared(DemoTopic topic, Uri receiver) => new()
    {
        ["KAFKA_BROKERS"] = topic.BootstrapServers,
        ["ORDER_TOPIC"] = topic.Name,
        ["OTEL_TRACES_EXPORTER"] = "otlp",
        ["OTEL_METRICS_EXPORTER"] = "otlp",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.ToString(),

        // Small and soon: somebody is watching. And room for all spans, so that a burst of orders loses none.
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BSP_MAX_QUEUE_SIZE"] = (DemoOptions.OrdersMax * 10).ToString(CultureInfo.InvariantCulture),
    };
}
