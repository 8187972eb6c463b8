using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Records;

/// <summary>Records that are not like others: without headers, with nulls, with very many headers.</summary>
public abstract class OddRecordSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Fact]
    public async Task Null_values_of_headers_go_through_and_a_null_traceparent_is_none()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        var options = new KafkaTracingOptions();
        options.Capture.HeadersIncluded.Add("*");
        using var producer = Producer(options);
        using var bare = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        using var consumer = Consumer(topic, options);
        await producer.ProduceAsync(topic, new() { Value = "null key", Headers = new() { { "nothing", null }, { "traceparent", null } } });
        await bare.ProduceAsync(topic, new() { Value = "foreign", Headers = new() { { "traceparent", null }, { "tracestate", null }, { "baggage", null } } });
        var traced = ConsumeOne(consumer);
        Assert.Null(traced.Message.Headers.Single(header => header.Key == "nothing").GetValueBytes());
        Assert.Single(HeaderValues(traced.Message.Headers, "traceparent"));
        foreach (var result in new[] { traced, ConsumeOne(consumer) })
        {
            using (consumer.StartProcess(result))
            {
            }
        }

        var processed = await recorder.WaitForAsync(2, span => span.Kind == ActivityKind.Consumer);
        var send = Assert.Single(recorder.Spans, span => span.Kind == ActivityKind.Producer);
        Assert.Equal(send.SpanId, processed[0].ParentSpanId);
        Assert.True(processed[1].IsRoot);
        Assert.Empty(processed[1].Links);
    }

    [Fact]
    public async Task Record_without_headers_is_processed_in_a_trace_of_its_own()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var bare = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        using var consumer = Consumer(topic);
        await bare.ProduceAsync(topic, new() { Value = "v" });
        var result = ConsumeOne(consumer);
        result.Message.Headers = null;
        using (consumer.StartProcess(result))
        {
        }

        Assert.True((await recorder.WaitForAsync($"process {topic}")).IsRoot);
    }

    [Fact]
    public async Task Tombstone_is_told_on_both_sides()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic);
        await producer.ProduceAsync(topic, new() { Key = "gone", Value = null! });
        using (consumer.StartProcess(ConsumeOne(consumer)))
        {
        }

        await recorder.WaitForAsync($"process {topic}");
        var trace = recorder.AssertSingleTrace();
        trace.Span($"send {topic}").HasTag("messaging.kafka.message.tombstone", true);
        trace.Span($"process {topic}").HasParent($"send {topic}").HasTag("messaging.kafka.message.tombstone", true);
    }

    [Fact]
    public async Task Ten_thousand_headers_cost_a_look_each_and_no_memory()
    {
        const int Count = 10_000;
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(configure: config => config.MessageMaxBytes = 2_000_000);
        using var consumer = Consumer(topic);
        var message = Message("many");
        message.Headers = [];
        for (var number = 0; number < Count; number++)
        {
            message.Headers.Add($"header-{number}", Encoding.UTF8.GetBytes($"{number}"));
        }

        message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(TraceParent(RandomContext())));
        await producer.ProduceAsync(topic, Message("few"));
        await producer.ProduceAsync(topic, message);
        var (few, many) = (ConsumeOne(consumer), ConsumeOne(consumer));
        Assert.Equal(Count + 1, many.Message.Headers.Count);
        Assert.Equal("9999", HeaderValues(many.Message.Headers, "header-9999").Single());
        var send = recorder.Spans.Where(span => span.Kind == ActivityKind.Producer).ElementAt(1);
        Assert.Equal([TraceParent(send.Context)], HeaderValues(many.Message.Headers, "traceparent"));

        // The second time: what is made once is made by then.
        BytesOf(few);
        BytesOf(many);
        Assert.InRange(BytesOf(many), 0, BytesOf(few) + 512);
        Assert.All(
            (await recorder.WaitForAsync(4, span => span.Kind == ActivityKind.Consumer)).Where(span => span.Tag("messaging.kafka.offset") is 1L),
            process => Assert.Equal(send.SpanId, process.ParentSpanId));

        long BytesOf(ConsumeResult<string, string> result)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            using (consumer.StartProcess(result))
            {
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : OddRecordSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : OddRecordSuite(kafka)
    {
        [Fact]
        public async Task Compacted_topic_takes_tombstones_and_refuses_records_without_a_key_by_name()
        {
            var topic = KafkaFixture.Unique();
            using (var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build())
            {
                await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 1, Configs = new() { ["cleanup.policy"] = "compact" } }]);
            }

            using var recorder = Record(topic);
            using var producer = Producer();
            using var consumer = Consumer(topic);
            await producer.ProduceAsync(topic, Message("kept"));
            await producer.ProduceAsync(topic, new() { Key = "key", Value = null! });
            var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(() => producer.ProduceAsync(topic, new() { Key = null!, Value = "v" }));
            Assert.Equal(ErrorCode.InvalidRecord, refused.Error.Code);
            ConsumeOne(consumer);
            using (consumer.StartProcess(ConsumeOne(consumer)))
            {
            }

            var process = await recorder.WaitForAsync($"process {topic}");
            Assert.Equal(true, process.Tag("messaging.kafka.message.tombstone"));
            Assert.Equal("INVALID_RECORD", Assert.Single(recorder.Spans, span => span.Status == ActivityStatusCode.Error).Tag("error.type"));
        }
    }
}
