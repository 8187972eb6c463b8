namespace Throughline.Kafka.Hosting.Internal.Producers;

/// <summary>A producer that was added to the host.</summary>
internal interface IProducerRegistration
{
    string Name { get; }

    /// <summary>Makes it, unless that was done.</summary>
    /// <exception cref="KafkaSettingsException">Its settings are wrong.</exception>
    void Prepare(HostedProducers producers);
}
