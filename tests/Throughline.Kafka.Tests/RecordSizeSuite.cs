using System.Diagnostics;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests;

/// <summary>Records at, and past, what the client or the broker takes.</summary>
public abstract class RecordSizeSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    private const int LimitBytes = 1500;

    [Fact]
    public async Task Record_that_trace_headers_alone_make_too_large_is_sent_without_them()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Limited();
        var size = await LargestAsync(topic);
        var result = await producer.ProduceAsync(topic, Message(new string('x', size), ("traceparent", "junk")));
        Assert.Equal(PersistenceStatus.Persisted, result.Status);
        Assert.Empty(HeaderValues(result.Message.Headers, "traceparent"));
        producer.Produce(topic, Message(new string('x', size)));
        var sends = await recorder.WaitForAsync(2, span => span.Name == $"send {topic}");
        Assert.All(sends, send => Assert.Equal("record too large", send.Tag("throughline.send.headers_dropped")));
        Assert.All(sends, send => Assert.Equal(ActivityStatusCode.Unset, send.Status));
        Assert.All(sends, send => Assert.Null(send.Tag("throughline.send.trace_header_bytes")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Record_that_is_too_large_by_itself_says_so_and_names_its_trace_headers(bool async)
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Limited();
        var message = Message(new string('x', 2 * LimitBytes));
        var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(async () =>
        {
            if (async)
            {
                await producer.ProduceAsync(topic, message);
            }
            else
            {
                producer.Produce(topic, message, _ => { });
            }
        });
        Assert.Equal(ErrorCode.MsgSizeTooLarge, refused.Error.Code);
        Assert.Same(message, refused.DeliveryResult.Message);
        await recorder.WaitForAsync($"send {topic}");
        recorder.AssertSingleTrace().Span($"send {topic}")
            .HasTag("error.type", "MESSAGE_TOO_LARGE")
            .HasStatus(ActivityStatusCode.Error, $"{refused.Message} (without its 66 bytes of trace headers, too)")
            .HasTag("throughline.send.trace_header_bytes", 66)
            .HasNoTag("throughline.send.headers_dropped");
    }

    [Fact]
    public async Task Baggage_that_makes_a_record_too_large_takes_nothing_of_the_callers_with_it()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic, ActivitySamplingResult.None);
        using var producer = Limited();
        var theirs = TraceParent(RandomContext());
        var size = await LargestAsync(topic, ("traceparent", theirs));
        SetBaggage("tenant", "blue");
        var result = await producer.ProduceAsync(topic, Message(new string('x', size), ("traceparent", theirs)));
        Baggage.Current = default;
        Assert.Equal([theirs], HeaderValues(result.Message.Headers, "traceparent"));
        Assert.Empty(HeaderValues(result.Message.Headers, "baggage"));
    }

    [Fact]
    public async Task Record_of_more_than_a_megabyte_is_traced_like_any_other()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(configure: config => config.MessageMaxBytes = 4_000_000);
        using var consumer = Consumer(topic);
        var value = new string('x', 1_040_000);
        await producer.ProduceAsync(topic, Message(value));
        using (var scope = consumer.StartProcess(ConsumeOne(consumer)))
        {
            Assert.NotNull(scope.Activity);
        }

        await recorder.WaitForAsync($"process {topic}");
        recorder.AssertSingleTrace().Span($"process {topic}").HasParent($"send {topic}");
    }

    private TracingProducer<string, string> Limited() => Producer(configure: config => config.MessageMaxBytes = LimitBytes);

    /// <summary>The largest value that still goes out untraced, found by trying.</summary>
    private async Task<int> LargestAsync(string topic, params (string Name, string Value)[] headers)
    {
        using var bare = new ProducerBuilder<string, string>(new ProducerConfig(ProducerConfig()) { MessageMaxBytes = LimitBytes }).Build();
        var (fits, refused) = (1, LimitBytes);
        while (refused - fits > 1)
        {
            var middle = (fits + refused) / 2;
            try
            {
                await bare.ProduceAsync(topic, Message(new string('x', middle), headers));
                fits = middle;
            }
            catch (ProduceException<string, string>)
            {
                refused = middle;
            }
        }

        return fits;
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : RecordSizeSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : RecordSizeSuite(kafka)
    {
        [Fact]
        public async Task Record_that_the_broker_refuses_says_so_and_names_its_trace_headers()
        {
            var topic = await CreateTopicAsync();
            using var recorder = Record(topic);
            using var producer = Producer(configure: config => config.MessageMaxBytes = 4_000_000);
            await Assert.ThrowsAsync<ProduceException<string, string>>(() => producer.ProduceAsync(topic, Message(new string('x', 2_000_000))));
            var send = await recorder.WaitForAsync($"send {topic}");
            Assert.Equal("MESSAGE_TOO_LARGE", send.Tag("error.type"));
            Assert.Equal(66, send.Tag("throughline.send.trace_header_bytes"));
            Assert.EndsWith("(without its 66 bytes of trace headers, too)", send.StatusDescription, StringComparison.Ordinal);
        }
    }
}
