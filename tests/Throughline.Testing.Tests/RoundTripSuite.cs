using System.Text;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Testing.Tests;

/// <summary>What every test here builds on: a record comes back as it was sent.</summary>
public abstract class RoundTripSuite(KafkaFixture kafka) : KafkaSuite(kafka)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Record_comes_back_with_key_value_headers_and_position()
    {
        var topic = await CreateTopicAsync(partitions: 3);
        var headers = new Headers { { "traceparent", "00-1"u8.ToArray() }, { "empty", null }, { "traceparent", "00-2"u8.ToArray() } };

        using var producer = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        var sent = await producer.ProduceAsync(
            new TopicPartition(topic, 2),
            new Message<string, string> { Key = "order-1", Value = "42", Headers = headers });

        using var consumer = new ConsumerBuilder<string, string>(ConsumerConfig()).Build();
        consumer.Subscribe(topic);
        var received = consumer.Consume(Patience);

        Assert.NotNull(received);
        Assert.Equal(sent.TopicPartitionOffset, received.TopicPartitionOffset);
        Assert.Equal("order-1", received.Message.Key);
        Assert.Equal("42", received.Message.Value);
        Assert.Equal(
            ["traceparent=00-1", "empty=(null)", "traceparent=00-2"],
            received.Message.Headers.Select(h => $"{h.Key}={(h.GetValueBytes() is { } b ? Encoding.UTF8.GetString(b) : "(null)")}"));
        consumer.Close();
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : RoundTripSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : RoundTripSuite(kafka);

    public sealed class OnThreeNodes(ThreeNodeKafka kafka) : RoundTripSuite(kafka);
}
