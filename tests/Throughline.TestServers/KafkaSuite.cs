using System.Runtime.CompilerServices;
using Confluent.Kafka;

namespace Throughline.TestServers;

/// <summary>
/// Tests that run on every kind of Kafka: an abstract class holds them, and a nested one-line class for each kind runs
/// them there. They are skipped, and the run says so in one line, where that kind cannot be had.
/// </summary>
public abstract class KafkaSuite(KafkaFixture kafka) : IAsyncLifetime
{
    protected KafkaFixture Kafka { get; } = kafka;

    protected string BootstrapServers => Kafka.BootstrapServers;

    public virtual async ValueTask InitializeAsync()
    {
        if (await Kafka.WhyUnavailableAsync() is { } why)
        {
            Assert.Skip(why);
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Creates a topic of the test's own, known to every broker.</summary>
    protected Task<string> CreateTopicAsync(int partitions = 1, [CallerMemberName] string test = "") =>
        Kafka.CreateTopicAsync(partitions, test);

    /// <summary>A producer's configuration: acknowledged by all replicas, sent at once.</summary>
    protected ProducerConfig ProducerConfig() =>
        new() { BootstrapServers = BootstrapServers, Acks = Acks.All, LingerMs = 0 };

    /// <summary>
    /// A consumer's configuration: a group of the test's own, from the beginning, nothing committed unasked. The session is
    /// the shortest that the brokers allow, and on the embedded one it sets how long later rebalances take.
    /// </summary>
    protected ConsumerConfig ConsumerConfig(string? group = null, [CallerMemberName] string test = "") =>
        new()
        {
            BootstrapServers = BootstrapServers,
            GroupId = group ?? KafkaFixture.Unique(test),
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            SessionTimeoutMs = Kafka.IsEmbedded ? 2000 : 6000,
            HeartbeatIntervalMs = 200,
        };
}
