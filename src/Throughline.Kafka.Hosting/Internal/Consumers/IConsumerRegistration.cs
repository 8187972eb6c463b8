namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>A consumer that was added to the host.</summary>
internal interface IConsumerRegistration
{
    string Name { get; }

    IHostedConsumer Create(IServiceProvider services);
}
