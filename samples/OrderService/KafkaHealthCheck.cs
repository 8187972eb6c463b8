using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrderService;

/// <summary>Ready means that a broker answers.</summary>
internal sealed class KafkaHealthCheck(IProducer<string, byte[]> producer, OrderSettings settings) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(Check, cancellationToken);

    private HealthCheckResult Check()
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
            admin.GetMetadata(settings.Topic, Timeout);
            return HealthCheckResult.Healthy();
        }
        catch (KafkaException error)
        {
            return HealthCheckResult.Unhealthy($"Kafka at {settings.KafkaBrokers}: {error.Error.Reason}", error);
        }
    }
}
