using Microsoft.Extensions.Diagnostics.HealthChecks;
using Throughline.Kafka.Hosting.Internal.Producers;

namespace Throughline.Kafka.Hosting.Internal.Health;

/// <summary>Whether a producer can send: it has not given up, and has not lost every broker.</summary>
internal sealed class ProducerHealthCheck(string name, HostedProducers producers) : IHealthCheck
{
    // On another thread: a broker may be asked.
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(() => Check(context.Registration.FailureStatus), cancellationToken);

    private HealthCheckResult Check(HealthStatus unhealthy)
    {
        if (producers.Find(name) is not var (client, report))
        {
            return new(unhealthy, $"Producer '{name}' has not started yet.");
        }

        if (report.Fatal is { } error)
        {
            return new(unhealthy, $"Producer '{name}' has a client that has given up: {error.Code}: {error.Reason}.");
        }

        try
        {
            return report.AreBrokersAway(client.Handle)
                ? new(unhealthy, $"Producer '{name}' reaches no broker.")
                : HealthCheckResult.Healthy($"Producer '{name}' has had no error that is final.");
        }
        catch (ObjectDisposedException)
        {
            return new(unhealthy, $"Producer '{name}' has been disposed.");
        }
    }
}
