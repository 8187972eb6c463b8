using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Throughline.Kafka.Hosting.Internal.Consumers;
using Throughline.Kafka.Hosting.Internal.Health;
using Throughline.Kafka.Hosting.Internal.Producers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks for a host's Kafka clients.</summary>
public static class ThroughlineKafkaHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check for each consumer (<c>kafka-consumer-{name}</c>) and each producer (<c>kafka-producer-{name}</c>) that is
    /// added by <c>AddThroughlineKafka()</c>. They ask the clients, which ask a broker only after having lost all of them.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="failureStatus">What is reported of a client that does not work; <see langword="null"/> for unhealthy.</param>
    /// <param name="tags">Tags of these checks.</param>
    public static IHealthChecksBuilder AddThroughlineKafka(
        this IHealthChecksBuilder builder, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IConfigureOptions<HealthCheckServiceOptions>>(services => new KafkaHealthChecks(
            services.GetRequiredService<HostedConsumers>(), services.GetRequiredService<HostedProducers>(), failureStatus, tags));
        return builder;
    }
}
