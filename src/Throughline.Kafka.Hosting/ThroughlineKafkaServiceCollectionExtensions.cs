using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Throughline.Kafka.Hosting;
using Throughline.Kafka.Hosting.Internal.Clients;
using Throughline.Kafka.Hosting.Internal.Consumers;
using Throughline.Kafka.Hosting.Internal.Producers;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Kafka clients for a host.</summary>
public static class ThroughlineKafkaServiceCollectionExtensions
{
    /// <summary>Adds what Kafka clients need; the clients are added to what this returns.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The path of their section in the host's configuration; it may be missing.</param>
    /// <returns>What clients are added to. Of several calls the first one's section counts.</returns>
    public static KafkaHostingBuilder AddThroughlineKafka(this IServiceCollection services, string section = "Kafka")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        return Add(services, provider => provider.GetService<IConfiguration>()?.GetSection(section));
    }

    /// <summary>Adds what Kafka clients need; the clients are added to what this returns.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section of their settings.</param>
    /// <returns>What clients are added to. Of several calls the first one's section counts.</returns>
    public static KafkaHostingBuilder AddThroughlineKafka(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, _ => section);
    }

    private static KafkaHostingBuilder Add(IServiceCollection services, Func<IServiceProvider, IConfigurationSection?> section)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new KafkaSettings(section(provider), provider.GetServices<SharedConfiguration>()));
        services.TryAddSingleton<ClientsLeft>();
        services.TryAddSingleton<ClientFactory>();
        services.TryAddSingleton<IKafkaClients, KafkaClients>();
        services.TryAddSingleton<HostedProducers>();
        services.TryAddSingleton<HostedConsumers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ClientsService>());
        return new KafkaHostingBuilder(services);
    }
}
