using System.Globalization;
using Throughline.Cli.Demo.Kafka;

namespace Throughline.Cli.Demo.Services;

/// <summary>Both services, started together and stopped together.</summary>
internal sealed class DemoServices : IAsyncDisposable
{
    private readonly ServiceProcess _orders;
    private readonly ServiceProcess _notifications;

    private DemoServices(ServiceProcess orders, ServiceProcess notifications) =>
        (_orders, _notifications) = (orders, notifications);

    /// <summary>Starts both. They send their spans and notifications to <paramref name="receiver"/>.</summary>
    public static DemoServices Start(DemoTopic topic, Uri receiver, string folder, bool broken, Action<string>? echo)
    {
        var orders = new Dictionary<string, string>(Shared(topic, receiver))
        {
            ["ORDER_DB"] = Path.Combine(folder, "orders.db"),
        };
        var notifications = new Dictionary<string, string>(Shared(topic, receiver))
        {
            ["NOTIFICATION_GROUP"] = topic.Group,
            ["NOTIFY_URL"] = new Uri(receiver, "/notifications").ToString(),
            ["DEMO_SKIP_EXTRACT"] = broken ? "1" : "0",
        };
        if (topic.ConsumerConfig is { } config)
        {
            notifications["KAFKA_CONFIG"] = config;
        }

        return new DemoServices(
            ServiceProcess.Start(
                new ServiceDescription("order-service", "OrderService/OrderService.dll", orders), folder, echo),
            ServiceProcess.Start(
                new ServiceDescription("notification-service", "NotificationService/NotificationService.dll", notifications),
                folder, echo));
    }

    /// <summary>Waits until both are ready; returns where orders go.</summary>
    public async Task<Uri> WaitUntilReadyAsync(HttpClient http, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var waits = new[] { _orders, _notifications }
            .Select(service => WaitUntilReadyAsync(service, http, limit.Token, cancellationToken))
            .ToArray();

        // The first to fail tells why; the other need not be waited for.
        await foreach (var done in Task.WhenEach(waits))
        {
            await done;
        }

        return await waits[0];
    }

    /// <summary>What to say when orders could not be posted.</summary>
    public CommandException OrdersRefused(Exception cause) => _orders.Died(cause);

    public async ValueTask DisposeAsync()
    {
        var both = new[] { _orders.DisposeAsync().AsTask(), _notifications.DisposeAsync().AsTask() };
        await Task.WhenAll(both);
    }

    private static async Task<Uri> WaitUntilReadyAsync(
        ServiceProcess service, HttpClient http, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            return await service.WaitUntilReadyAsync(http, limit);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw service.Unusable(ExitCodes.Timeout, "was not ready in time", cause: null);
        }
    }

    private static Dictionary<string, string> Shared(DemoTopic topic, Uri receiver) => new()
    {
        ["KAFKA_BROKERS"] = topic.BootstrapServers,
        ["ORDER_TOPIC"] = topic.Name,
        ["OTEL_TRACES_EXPORTER"] = "otlp",
        ["OTEL_METRICS_EXPORTER"] = "none",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.ToString(),

        // Small and soon: somebody is watching. And room for all spans, so that a burst of orders loses none.
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BSP_MAX_QUEUE_SIZE"] = (DemoOptions.OrdersMax * 10).ToString(CultureInfo.InvariantCulture),
    };
}
