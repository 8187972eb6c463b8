using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NotificationService;

/// <summary>Ready means that the consumer has joined its group and that a broker answers.</summary>
internal sealed class ConsumerReadiness(NotificationSettings settings) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private volatile IClient? _joined;

    public void JoinedGroup(IClient consumer) => _joined = consumer;

    public void LeftGroup() => _joined = null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(Check, cancellationToken);

    private HealthCheckResult Check()
    {
        if (_joined is not { } consumer)
        {
            return HealthCheckResult.Unhealthy(
                $"The consumer has not joined group '{settings.Group}' at {settings.KafkaBrokers}.");
        }

        try
        {
            using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            admin.GetMetadata(settings.Topic, Timeout);
            return HealthCheckResult.Healthy();
        }
        catch (Exception error) when (error is KafkaException or ObjectDisposedException)
        {
            return HealthCheckResult.Unhealthy($"Kafka at {settings.KafkaBrokers}: {error.Message}", error);
        }
    }
}
