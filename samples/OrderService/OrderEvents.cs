using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;

namespace OrderService;

/// <summary>Announces orders on the topic. The span of each send is a child of the span that is current here.</summary>
internal sealed partial class OrderEvents(IProducer<string, byte[]> producer, OrderSettings settings, ILogger<OrderEvents> logger)
{
    /// <summary>Sends the order's event, and says what became of it.</summary>
    public async Task<Announcement> SendAsync(Order order)
    {
        var announcement = new OrderEvent(
            order.Id, order.Customer, order.Amount, order.CreatedAt, order.Card, order.Express, order.Note);
        try
        {
            await producer.ProduceAsync(settings.Topic, new Message<string, byte[]>
            {
                Key = order.Customer,
                Value = JsonSerializer.SerializeToUtf8Bytes(announcement, OrderJson.Default.OrderEvent),
            });
            return Announcement.Sent;
        }
        catch (KafkaException error) when (error.Error.Code == ErrorCode.MsgSizeTooLarge)
        {
            LogRefused(order.Id, error.Error.Reason, Activity.Current?.TraceId);
            return Announcement.Refused;
        }
        catch (KafkaException error)
        {
            LogNotSent(order.Id, error.Error.Reason, Activity.Current?.TraceId);
            return Announcement.Delayed;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Order {OrderId}: Kafka did not take its event: {Reason}, trace {TraceId}")]
    private partial void LogNotSent(Guid orderId, string reason, ActivityTraceId? traceId);

    [LoggerMessage(2, LogLevel.Error, "Order {OrderId}: Kafka refuses its event for good: {Reason}, trace {TraceId}")]
    private partial void LogRefused(Guid orderId, string reason, ActivityTraceId? traceId);
}
