using System.Diagnostics;

namespace OrderService;

/// <summary>
/// Sends the events that a request could not: Kafka was down, or the process ended between save and send. An event may so
/// be sent twice, never not at all. It still belongs to its order's trace, whose context is in the row.
/// </summary>
internal sealed partial class OutboxRelay(
    OrderStore store, OrderEvents events, OrderSettings settings, TimeProvider time, ILogger<OutboxRelay> logger)
    : BackgroundService
{
    private const int BatchSizeMax = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SendBatchAsync(stoppingToken);
        }
    }

    private async Task SendBatchAsync(CancellationToken stoppingToken)
    {
        // Younger ones are still in a request's hands.
        var before = time.GetUtcNow() - (2 * settings.SendTimeout);
        foreach (var (order, traceParent) in store.FindUnannounced(before, BatchSizeMax))
        {
            _ = ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent);
            using var span = OrderTelemetry.Source.StartActivity("relay_order", ActivityKind.Internal, parent);
            span?.SetTag("order.id", order.Id.ToString());
            var announcement = stoppingToken.IsCancellationRequested ? Announcement.Delayed : await events.SendAsync(order);
            if (announcement == Announcement.Delayed)
            {
                return;
            }

            // What is refused for good is taken out too: it would come first for ever, and keep all behind it.
            store.Mark(order.Id, announcement);
            LogRelayed(order.Id, announcement, Activity.Current?.TraceId);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Order {OrderId}: its event in the outbox: {Announcement}, trace {TraceId}")]
    private partial void LogRelayed(Guid orderId, Announcement announcement, ActivityTraceId? traceId);
}
