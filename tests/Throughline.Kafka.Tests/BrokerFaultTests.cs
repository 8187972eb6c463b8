using Confluent.Kafka;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>What a broker refuses, on a broker that is told to.</summary>
public class BrokerFaultTests
{
    [Fact]
    public async Task Refusal_of_the_broker_is_told_by_its_protocol_name()
    {
        using var broker = EmbeddedBroker.Start();
        var topic = $"refused-{Guid.NewGuid():N}";
        broker.CreateTopic(topic);
        broker.FailNext(KafkaRequest.Produce, ErrorCode.TopicAuthorizationFailed);
        using var recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Destination(topic),
        });
        using var producer = new TracingProducerBuilder<Null, string>(
            new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();
        var refused = await Assert.ThrowsAsync<ProduceException<Null, string>>(
            () => producer.ProduceAsync(topic, new() { Value = "v" }));
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, refused.Error.Code);
        var send = await recorder.WaitForAsync($"send {topic}");
        Assert.Equal("TOPIC_AUTHORIZATION_FAILED", send.Tag("error.type"));
        Assert.Equal(refused.Error.Reason, send.StatusDescription);
    }
}
