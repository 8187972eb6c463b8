using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Throughline.Kafka;

namespace OrderService;

/// <summary>Announces orders on the topic. The span of each send is a child of the span that is current here.</summary>
internal sealed partial class OrderEvents(OrderSettings settings, ILogger<OrderEvents> logger)
    : IHostedService, IDisposable
{
    private readonly TracingProducer<string, byte[]> _producer = new TracingProducerBuilder<string, byte[]>(
        new ProducerConfig(settings.KafkaConfig.ToDictionary())
        {
            BootstrapServers = settings.KafkaBrokers,
            ClientId = "order-service",
            Acks = Acks.All,
            EnableIdempotence = true,
            MessageTimeoutMs = (int)settings.SendTimeout.TotalMilliseconds,
        })
        .SetErrorHandler((_, error) => LogClientError(logger, error.Reason))
        .SetLogHandler((_, line) => LogClient(logger, line.Message))
        .Build();

    /// <summary>The client's handle, for health checks over the same connections.</summary>
    public Handle Handle => _producer.Handle;

    /// <summary>Sends the order's event; false when Kafka did not acknowledge it in time.</summary>
    public async Task<bool> TrySendAsync(Order order)
    {
        var announcement = new OrderEvent(order.Id, order.Customer, order.Amount, order.CreatedAt);
        try
        {
            await _producer.ProduceAsync(settings.Topic, new Message<string, byte[]>
            {
                Key = order.Id.ToString(),
                Value = JsonSerializer.SerializeToUtf8Bytes(announcement, OrderJson.Default.OrderEvent),
            });
            return true;
        }
        catch (KafkaException error)
        {
            LogNotSent(logger, order.Id, error.Error.Reason, Activity.Current?.TraceId);
            return false;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // Requests await their own sends; what is left can only belong to a relay that was cut short.
        _producer.Flush(settings.SendTimeout);
        return Task.CompletedTask;
    }

    public void Dispose() => _producer.Dispose();

    [LoggerMessage(1, LogLevel.Warning, "Order {OrderId}: Kafka did not take its event: {Reason}, trace {TraceId}")]
    private static partial void LogNotSent(ILogger logger, Guid orderId, string reason, ActivityTraceId? traceId);

    [LoggerMessage(2, LogLevel.Warning, "Kafka: {Reason}")]
    private static partial void LogClientError(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Debug, "Kafka client: {Line}")]
    private static partial void LogClient(ILogger logger, string line);
}
