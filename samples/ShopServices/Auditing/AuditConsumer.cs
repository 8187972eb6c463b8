using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Confluent.Kafka;

namespace ShopServices.Auditing;

/// <summary>
/// Writes down every order. Its spans have all that the conventions ask for, and yet break each trace: nothing reads the
/// context from the records' headers. That is on purpose, and what the demo lets one find.
/// </summary>
internal sealed partial class AuditConsumer(
    ShopSettings settings, AuditReadiness readiness, IHostApplicationLifetime host, ILogger<AuditConsumer> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => Consume(stoppingToken), CancellationToken.None);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The normal end.
        }
        catch (Exception error)
        {
            LogGaveUp(error);
            Environment.ExitCode = 1;
            host.StopApplication();
        }
    }

    private void Consume(CancellationToken stoppingToken)
    {
        var config = new ConsumerConfig(settings.KafkaConfig.ToDictionary())
        {
            BootstrapServers = settings.KafkaBrokers,
            GroupId = settings.Group,
            ClientId = "audit",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        using var consumer = new ConsumerBuilder<string, byte[]>(config)
            .SetPartitionsAssignedHandler((_, _) => readiness.JoinedGroup())
            .SetLogHandler((_, line) => LogClient(line.Message))
            .Build();
        consumer.Subscribe(settings.Topic);
        try
        {
            while (true)
            {
                Write(consumer.Consume(stoppingToken));
            }
        }
        finally
        {
            consumer.Close();
        }
    }

    private void Write(ConsumeResult<string, byte[]> record)
    {
        using var span = AuditTelemetry.Source.StartActivity("audit_order", ActivityKind.Consumer);
        span?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.operation.name", "process")
            .SetTag("messaging.consumer.group.name", settings.Group)
            .SetTag("messaging.destination.name", record.Topic)
            .SetTag("messaging.destination.partition.id", record.Partition.Value.ToString(CultureInfo.InvariantCulture))
            .SetTag("messaging.kafka.offset", record.Offset.Value);
        try
        {
            var order = JsonSerializer.Deserialize(record.Message.Value, ShopJson.Default.OrderEvent);
            span?.SetTag("order.id", order?.OrderId.ToString());
            LogAudited(order?.OrderId, order?.Amount, Activity.Current?.TraceId);
        }
        catch (JsonException error)
        {
            span?.SetStatus(ActivityStatusCode.Error, error.Message).SetTag("error.type", typeof(JsonException).FullName);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Order {OrderId}: {Amount} written down, trace {TraceId}")]
    private partial void LogAudited(Guid? orderId, decimal? amount, ActivityTraceId? traceId);

    [LoggerMessage(2, LogLevel.Critical, "Consuming ended by an error; the process stops")]
    private partial void LogGaveUp(Exception error);

    [LoggerMessage(3, LogLevel.Debug, "Kafka client: {Line}")]
    private partial void LogClient(string line);
}
