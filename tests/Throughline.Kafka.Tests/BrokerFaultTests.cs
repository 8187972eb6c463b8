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

    [Fact]
    public async Task Refused_commit_of_a_transaction_is_told_and_leaves_it_open_for_its_abort()
    {
        using var broker = EmbeddedBroker.Start();
        var id = $"refused-{Guid.NewGuid():N}";
        using var recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Tag("throughline.transaction.id", id),
        });
        using var producer = new TracingProducerBuilder<Null, string>(
            new ProducerConfig { BootstrapServers = broker.BootstrapServers, TransactionalId = id }).Build();
        var patience = TimeSpan.FromSeconds(30);
        producer.InitTransactions(patience);
        producer.BeginTransaction();
        await producer.ProduceAsync("t", new() { Value = "v" });
        broker.FailNext(KafkaRequest.EndTxn, ErrorCode.InvalidProducerIdMapping);
        var refused = Assert.Throws<KafkaTxnRequiresAbortException>(() => producer.CommitTransaction(patience));
        producer.AbortTransaction(patience);
        var spans = await recorder.WaitForAsync(3);
        Assert.Equal("INVALID_PRODUCER_ID_MAPPING", spans[1].Tag("error.type"));
        Assert.Equal(refused.Message, spans[1].StatusDescription);
        Assert.Equal(["send t", "commit_transaction", "abort_transaction"], spans.Select(span => span.Name));
        Assert.All(spans, span => Assert.Equal(1L, span.Tag("throughline.transaction.sequence")));
        Assert.All(spans.Skip(1), span => Assert.Equal(spans[0].SpanId, Assert.Single(span.Links).Context.SpanId));
    }

    [Fact]
    public async Task Record_that_the_broker_refuses_for_its_size_names_its_trace_headers()
    {
        using var broker = EmbeddedBroker.Start();
        var topic = $"refused-{Guid.NewGuid():N}";
        broker.CreateTopic(topic);
        broker.FailNext(KafkaRequest.Produce, [.. Enumerable.Repeat(ErrorCode.MsgSizeTooLarge, 3)]);
        using var recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Destination(topic),
        });
        using var producer = new TracingProducerBuilder<Null, string>(
            new ProducerConfig { BootstrapServers = broker.BootstrapServers },
            new() { CorrelationIdHeader = "correlation_id" }).Build();
        var message = new Message<Null, string> { Value = "v", Headers = new() { { "tenant", "blue"u8.ToArray() } } };
        await Assert.ThrowsAsync<ProduceException<Null, string>>(() => producer.ProduceAsync(topic, message));
        producer.Produce(topic, message);
        var spans = await recorder.WaitForAsync(2);


        // traceparent: 11 + 55; correlation_id: 14 + 32.
        Assert.All(spans, span => Assert.Equal(112, span.Tag("throughline.send.trace_header_bytes")));
        Assert.All(spans, span => Assert.Equal("MESSAGE_TOO_LARGE", span.Tag("error.type")));
        Assert.EndsWith("(without its 112 bytes of trace headers, too)", spans[0].StatusDescription, StringComparison.Ordinal);
        Assert.EndsWith("(112 bytes of it are trace headers)", spans[1].StatusDescription, StringComparison.Ordinal);
    }
}
