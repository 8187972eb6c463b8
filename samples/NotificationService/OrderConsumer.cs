using Confluent.Kafka;
using Throughline.Kafka;

namespace NotificationService;

/// <summary>Hands every record of the topic to the handler, inside the trace that its headers carry.</summary>
internal sealed partial class OrderConsumer(
    NotificationSettings settings,
    OrderEventHandler handler,
    ConsumerReadiness readiness,
    IHostApplicationLifetime host,
    ILogger<OrderConsumer> logger) : BackgroundService
{
    /// <summary>An error ended the consuming, and with it the host.</summary>
    public bool GaveUp { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await (settings.SkipExtract ? ConsumePlainAsync(stoppingToken) : ConsumeTracedAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The normal end.
        }
        catch (Exception error)
        {
            // The record in hand is not committed: the next process, or the next member of the group, gets it again.
            LogGaveUp(error);
            GaveUp = true;
            host.StopApplication();
        }
    }

    /// <summary>On stop the record in hand is finished, its offset committed, and the group left in good order.</summary>
    private async Task ConsumeTracedAsync(CancellationToken stoppingToken)
    {
        var builder = new TracingConsumerBuilder<string, byte[]>(Configuration());
        Observe(builder);
        using var consumer = builder.BuildForProcessing();
        consumer.Subscribe(settings.Topic);
        try
        {
            await consumer.ProcessAsync((record, _) => handler.HandleAsync(record), stoppingToken);
        }
        finally
        {
            readiness.LeftGroup();
            consumer.Close();
        }
    }

    /// <summary>
    /// The same with the bare client: nothing reads the records' headers, so each record's spans start a trace of their
    /// own. This is what DEMO_SKIP_EXTRACT=1 shows.
    /// </summary>
    private async Task ConsumePlainAsync(CancellationToken stoppingToken)
    {
        var builder = new ConsumerBuilder<string, byte[]>(Configuration());
        Observe(builder);
        using var consumer = builder.Build();
        consumer.Subscribe(settings.Topic);
        try
        {
            while (true)
            {
                var record = await Task.Run(() => consumer.Consume(stoppingToken), CancellationToken.None);
                await handler.HandleAsync(record);
                consumer.Commit(record);
            }
        }
        finally
        {
            readiness.LeftGroup();
            consumer.Close();
        }
    }

    private ConsumerConfig Configuration() => new(settings.KafkaConfig.ToDictionary())
    {
        BootstrapServers = settings.KafkaBrokers,
        GroupId = settings.Group,
        ClientId = "notification-service",
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoCommit = !settings.SkipExtract,
    };

    private void Observe(ConsumerBuilder<string, byte[]> builder) => builder
        .SetPartitionsAssignedHandler((consumer, _) => readiness.JoinedGroup(consumer))
        .SetErrorHandler((_, error) => LogClientError(error.Reason))
        .SetLogHandler((_, line) => LogClient(line.Message));

    [LoggerMessage(1, LogLevel.Critical, "Consuming ended by an error; the process stops so that it is started again")]
    private partial void LogGaveUp(Exception error);

    [LoggerMessage(2, LogLevel.Warning, "Kafka: {Reason}")]
    private partial void LogClientError(string reason);

    [LoggerMessage(3, LogLevel.Debug, "Kafka client: {Line}")]
    private partial void LogClient(string line);
}
