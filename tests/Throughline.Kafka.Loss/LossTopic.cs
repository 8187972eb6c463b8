using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Throughline.TestServers;

namespace Throughline.Kafka.Loss;

/// <summary>A topic in which what is acknowledged is on two nodes at least.</summary>
internal static class LossTopic
{
    internal static async Task CreateAsync(RealKafka kafka, string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka.BootstrapServers }).Build();
        await admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = topic,
                NumPartitions = LossOptions.Partitions,
                ReplicationFactor = 3,
                Configs = new() { ["min.insync.replicas"] = "2" },
            },
        ]);
    }
}
