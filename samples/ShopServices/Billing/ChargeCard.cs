using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Throughline.Kafka.Hosting;

namespace ShopServices.Billing;

/// <summary>Charges an order's card. What it throws is tried again, sent to the retry topic, or dead-lettered.</summary>
internal sealed partial class ChargeCard(CardGateway cards, ILogger<ChargeCard> logger) : IRecordHandler<string, byte[]>
{
    public async Task HandleAsync(ConsumeResult<string, byte[]> record, CancellationToken cancellationToken)
    {
        var order = JsonSerializer.Deserialize(record.Message.Value, ShopJson.Default.OrderEvent)
            ?? throw new JsonException("an order event that is null");
        using var span = BillingTelemetry.Source.StartActivity("charge_card");
        span?.SetTag("order.id", order.OrderId.ToString())
            .SetTag("order.amount", (double)order.Amount)
            .SetTag("order.express", order.Express);
        try
        {
            await cards.CheckAsync(order, cancellationToken);
        }
        catch (Exception error)
        {
            span?.SetStatus(ActivityStatusCode.Error, error.Message).SetTag("error.type", error.GetType().FullName);
            throw;
        }

        LogCharged(order.OrderId, order.Amount, Activity.Current?.TraceId);
    }

    [LoggerMessage(1, LogLevel.Information, "Order {OrderId}: {Amount} charged, trace {TraceId}")]
    private partial void LogCharged(Guid orderId, decimal amount, ActivityTraceId? traceId);
}
