namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>The consumers that were added to the host, by their names.</summary>
internal sealed class HostedConsumers(IEnumerable<IConsumerRegistration> registrations, IServiceProvider services)
{
    private readonly Dictionary<string, IHostedConsumer> _all =
        registrations.ToDictionary(each => each.Name, each => each.Create(services), StringComparer.OrdinalIgnoreCase);

    internal IReadOnlyCollection<IHostedConsumer> All => _all.Values;

    internal IHostedConsumer this[string name] => _all[name];
}
