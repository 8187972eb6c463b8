using Microsoft.Extensions.Hosting;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>A consumer that runs with the host.</summary>
internal interface IHostedConsumer : IHostedLifecycleService, IDisposable
{
    string Name { get; }

    /// <summary>Makes it, and begins its processing without any topics yet, so that every setting has been looked at.</summary>
    /// <exception cref="KafkaSettingsException">Its settings are wrong.</exception>
    void Prepare();

    /// <summary>How it is.</summary>
    ConsumerStatus Read();
}
