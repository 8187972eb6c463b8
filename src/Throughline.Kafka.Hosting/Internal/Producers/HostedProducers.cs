using Confluent.Kafka;
using Throughline.Kafka.Hosting.Internal.Clients;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting.Internal.Producers;

/// <summary>The producers that were added to the host, each made when it is first asked for: at the latest when the host starts.</summary>
internal sealed class HostedProducers(
    KafkaSettings settings, ClientFactory factory, ClientsLeft left, IEnumerable<IProducerRegistration> registrations)
{
    /// <summary>The name of the producer that sends failed records on.</summary>
    internal const string FailuresName = "failures";

    private static readonly ProducerRegistration<byte[], byte[]> Failures = new(FailuresName, null, null);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, BuiltClient<IClient>> _made = new(StringComparer.OrdinalIgnoreCase);

    internal IReadOnlyList<IProducerRegistration> All { get; } = [.. registrations];

    /// <exception cref="KafkaSettingsException">Its settings are wrong.</exception>
    internal TracingProducer<TKey, TValue> Get<TKey, TValue>(ProducerRegistration<TKey, TValue> registration)
    {
        lock (_lock)
        {
            if (_made.TryGetValue(registration.Name, out var made))
            {
                return (TracingProducer<TKey, TValue>)made.Client;
            }

            var options = settings.Producer(registration.Name, registration.Configure);
            var (producer, report) = factory.Build(registration.Name, options, registration.Build);
            _made.Add(registration.Name, new(producer, report));
            left.Add(producer, options.FlushTimeout, factory.ProducerLogger(registration.Name));
            return producer;
        }
    }

    /// <summary>The producer that sends failed records on: the one that was added under its name, else one of its own.</summary>
    /// <exception cref="KafkaSettingsException">Its settings are wrong.</exception>
    internal IProducer<byte[], byte[]> ForFailures() => All.FirstOrDefault(each => each.Name.Equals(FailuresName, StringComparison.OrdinalIgnoreCase)) switch
    {
        null => Get(Failures),
        ProducerRegistration<byte[], byte[]> added => Get(added),
        _ => throw new InvalidOperationException(
            $"The producer '{FailuresName}' sends failed records on; allowed: AddProducer<byte[], byte[]>(\"{FailuresName}\"), or another name."),
    };

    internal BuiltClient<IClient>? Find(string name)
    {
        lock (_lock)
        {
            return _made.GetValueOrDefault(name);
        }
    }
}
