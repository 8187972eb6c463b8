using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Confluent.Kafka;

namespace NotificationService;

/// <summary>Notifies an order's customer, once however often its event comes.</summary>
internal sealed partial class OrderEventHandler(INotificationChannel channel, ILogger<OrderEventHandler> logger)
{
    private readonly SentOrders _sent = new(channel.AlreadySent());

    /// <summary>
    /// Handles one record; throws when the customer could not be notified. Takes no token: what was begun is finished
    /// before the service stops.
    /// </summary>
    public async Task HandleAsync(ConsumeResult<string, byte[]> record)
    {
        using var span = StartSpan(record);
        if (TryRead(record, out var problem) is not { } order)
        {
            // A record that nobody can read would come again for ever, and block all behind it.
            span?.SetStatus(ActivityStatusCode.Error, problem);
            LogUnreadable(record.TopicPartitionOffset, problem!, Activity.Current?.TraceId);
            return;
        }

        span?.SetTag("order.id", order.OrderId.ToString());
        span?.SetTag("order.amount", (double)order.Amount);
        if (_sent.Contains(order.OrderId))
        {
            LogRepeated(order.OrderId, Activity.Current?.TraceId);
            return;
        }

        var text = $"Thank you. Your order {order.OrderId} of {order.Amount:0.00} is on its way.";
        try
        {
            await channel.SendAsync(new Notification(order.OrderId, order.Customer, text));
        }
        catch (Exception error)
        {
            span?.SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }

        _sent.Add(order.OrderId);
        LogNotified(order.OrderId, Activity.Current?.TraceId);
    }

    /// <summary>Under the record's own span; where there is none, one that says itself which record it handles.</summary>
    private static Activity? StartSpan(ConsumeResult<string, byte[]> record)
    {
        const string Name = "process_order_event";
        if (Activity.Current is not null)
        {
            return NotificationTelemetry.Source.StartActivity(Name);
        }

        var span = NotificationTelemetry.Source.StartActivity(Name, ActivityKind.Consumer);
        span?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", record.Topic)
            .SetTag("messaging.destination.partition.id", record.Partition.Value.ToString(CultureInfo.InvariantCulture))
            .SetTag("messaging.kafka.offset", record.Offset.Value);
        return span;
    }

    private static OrderEvent? TryRead(ConsumeResult<string, byte[]> record, out string? problem)
    {
        try
        {
            var order = JsonSerializer.Deserialize(record.Message.Value, NotificationJson.Default.OrderEvent);
            problem = order is null or { Customer: null } ? "an order event without a customer" : null;
            return problem is null ? order : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentNullException)
        {
            problem = error.Message;
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Order {OrderId}: customer notified, trace {TraceId}")]
    private partial void LogNotified(Guid orderId, ActivityTraceId? traceId);

    [LoggerMessage(2, LogLevel.Information, "Order {OrderId}: customer had been notified already, trace {TraceId}")]
    private partial void LogRepeated(Guid orderId, ActivityTraceId? traceId);

    [LoggerMessage(3, LogLevel.Error, "Record {Record} skipped, no order event: {Problem}, trace {TraceId}")]
    private partial void LogUnreadable(TopicPartitionOffset record, string problem, ActivityTraceId? traceId);
}
