using System.Text;
using Confluent.Kafka;
using Throughline.Testing;

namespace Throughline.Samples.Tests;

/// <summary>One embedded broker for all tests of a class; each test takes a topic of its own.</summary>
public sealed class KafkaBroker : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EmbeddedBroker _broker = EmbeddedBroker.Start();

    public string BootstrapServers => _broker.BootstrapServers;

    public string CreateTopic()
    {
        var name = $"orders-{Guid.NewGuid():N}";
        _broker.CreateTopic(name, partitions: 1);
        return name;
    }

    public void TakeDown() => _broker.TakeDown(1);

    public void BringUp() => _broker.BringUp(1);

    /// <summary>The topic's first records, as a client without any instrumentation sees them.</summary>
    public IReadOnlyList<Message<string, string>> Read(string topic, int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var consumer = new ConsumerBuilder<string, string>(
            new ConsumerConfig { BootstrapServers = BootstrapServers, GroupId = "test", FetchWaitMaxMs = 5 }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var messages = new List<Message<string, string>>();
        while (messages.Count < count)
        {
            messages.Add(consumer.Consume(limit.Token).Message);
        }

        return messages;
    }

    public async Task SendAsync(string topic, string key, string value, string? traceParent = null)
    {
        using var producer = new ProducerBuilder<string, string>(
            new ProducerConfig { BootstrapServers = BootstrapServers, LingerMs = 0 }).Build();
        var headers = new Headers();
        if (traceParent is not null)
        {
            headers.Add("traceparent", Encoding.UTF8.GetBytes(traceParent));
        }

        await producer.ProduceAsync(topic, new Message<string, string> { Key = key, Value = value, Headers = headers });
    }

    public void Dispose() => _broker.Dispose();
}
