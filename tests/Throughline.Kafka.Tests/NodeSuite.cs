using System.Text.Json;
using OpenTelemetry;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests;

/// <summary>kafkajs, as OpenTelemetry instruments it, on the other side: both ways, trace and baggage.</summary>
public abstract class NodeSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Fact]
    public async Task Record_from_node_is_processed_in_its_trace()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var consumer = Consumer(topic);
        var told = await NodePeer.RunAsync("produce", BootstrapServers, topic);
        using (consumer.StartProcess(ConsumeOne(consumer)))
        {
            Assert.Equal("blue green", Baggage.Current.GetBaggage("tenant"));
        }

        var send = Span(told, $"send {topic}");
        var process = await recorder.WaitForAsync($"process {topic}");
        Assert.Equal(send.GetProperty("traceId").GetString(), process.TraceId.ToHexString());
        Assert.Equal(send.GetProperty("spanId").GetString(), process.ParentSpanId.ToHexString());
        Assert.Equal(process.ParentSpanId, Assert.Single(process.Links).Context.SpanId);
    }

    [Fact]
    public async Task Node_processes_our_record_in_our_trace()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        SetBaggage("tenant", "blue green");
        await producer.ProduceAsync(topic, Message());
        Baggage.Current = default;
        var send = await recorder.WaitForAsync($"send {topic}");
        var told = await NodePeer.RunAsync("consume", BootstrapServers, topic, KafkaFixture.Unique("node"));
        var process = Span(told, $"process {topic}");
        Assert.Equal(send.TraceId.ToHexString(), process.GetProperty("traceId").GetString());
        Assert.Equal(send.SpanId.ToHexString(), process.GetProperty("parentSpanId").GetString());
        Assert.Equal("blue green", told.GetProperty("handled").GetProperty("tenant").GetString());
    }

    private static JsonElement Span(JsonElement told, string name) =>
        Assert.Single(told.GetProperty("spans").EnumerateArray(), span => span.GetProperty("name").GetString() == name);

    public sealed class OnOneNode(OneNodeKafka kafka) : NodeSuite(kafka);

    public sealed class OnThreeNodes(ThreeNodeKafka kafka) : NodeSuite(kafka);
}
