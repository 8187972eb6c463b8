using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Throughline.Kafka.Hosting.Internal.Consumers;
using Throughline.Kafka.Hosting.Internal.Producers;

namespace Throughline.Kafka.Hosting.Internal.Health;

/// <summary>A check for each client of the host, whenever it was added to the services.</summary>
internal sealed class KafkaHealthChecks(HostedConsumers consumers, HostedProducers producers, HealthStatus? failureStatus, IEnumerable<string>? tags)
    : IConfigureOptions<HealthCheckServiceOptions>
{
    public void Configure(HealthCheckServiceOptions options)
    {
        foreach (var consumer in consumers.All)
        {
            options.Registrations.Add(new($"kafka-consumer-{consumer.Name}", _ => new ConsumerHealthCheck(consumer), failureStatus, tags));
        }

        foreach (var name in producers.All.Select(each => each.Name))
        {
            options.Registrations.Add(new($"kafka-producer-{name}", _ => new ProducerHealthCheck(name, producers), failureStatus, tags));
        }
    }
}
