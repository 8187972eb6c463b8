using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;

namespace OrderService;

/// <summary>Announces orders on the topic. The span of each send is a child of the span that is current here.</summary>
internal sealed partial class OrderEvents(IProducer<string, byte[]> producer, OrderSettings settings, ILogger<OrderEvents> logger)
{
    /// <summary>Sends the order's event; false when Kafka did not acknowledge it in time.</summary>
    public async Task<bool> TrySendAsync(Order order)
    {
        var announcement = new OrderEvent(order.Id, order.Customer, order.Amount, order.CreatedAt);
        try
        {
            await producer.ProduceAsync(settings.Topic, new Message<string, byte[]>
            {
                Key = order.Id.ToString(),
                Value = JsonSerializer.SerializeToUtf8Bytes(announcement, OrderJson.Default.OrderEvent),
            });
            return true;
        }
        catch (KafkaException error)
        {
            LogNotSent(order.Id, error.Error.Reason, Activity.Current?.TraceId);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Order {OrderId}: Kafka did not take its event: {Reason}, trace {TraceId}")]
    private partial void LogNotSent(Guid orderId, string reason, ActivityTraceId? traceId);
}
