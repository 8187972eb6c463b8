using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopServices.Auditing;

/// <summary>Ready means that the consumer has joined its group.</summary>
internal sealed class AuditReadiness(ShopSettings settings) : IHealthCheck
{
    private volatile bool _hasJoined;

    public void JoinedGroup() => _hasJoined = true;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_hasJoined
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The consumer has not joined group '{settings.Group}' at {settings.KafkaBrokers}."));
}
