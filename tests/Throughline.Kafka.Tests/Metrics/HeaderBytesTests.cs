using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Text;
using Confluent.Kafka;
using NSubstitute;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Metrics;

[Collection(Isolated.Name)]
public sealed class HeaderBytesTests(EmbeddedKafka kafka) : TracingSuite(kafka)
{
    private const string Bytes = "throughline.send.header_size";

    // "traceparent" and its 55 characters.
    private const int TraceParentSize = 66;

    private readonly List<string> _warnings = [];

    [Fact]
    public async Task Bytes_that_tracing_adds_are_counted_by_topic_and_the_records_own_are_not()
    {
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder(Bytes);
        using var ambient = Ambient();
        using var producer = Build();
        await producer.ProduceAsync(topic, Message("value", ("tenant", "blue"), ("traceparent", "00-somebody-elses")));
        producer.Produce(topic, Message());
        ambient.TraceStateString = "k=v";
        producer.Produce(topic, Message());
        Assert.Equal([TraceParentSize, TraceParentSize, TraceParentSize + "tracestatek=v".Length], metrics.Of(Bytes).Select(it => it.Value));
        Assert.All(metrics.Of(Bytes), it => Assert.Equal([new("messaging.destination.name", topic)], it.Tags));
    }

    [Fact]
    public async Task Correlation_id_is_counted_too()
    {
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder(Bytes);
        using var ambient = Ambient();
        using var producer = Build(new() { CorrelationIdHeader = "correlation_id" });
        producer.Produce(topic, Message());
        Assert.Equal(TraceParentSize + "correlation_id".Length + 32, Assert.Single(metrics.Of(Bytes)).Value);
    }

    [Fact]
    public void Sends_without_a_context_add_nothing()
    {
        using var metrics = new MetricRecorder(Bytes);
        using var producer = Substitute.For<IProducer<string, string>>().WithTracing();
        producer.Produce("t", Message());
        Assert.Empty(metrics.Of(Bytes));
    }

    [Fact]
    public async Task Share_that_is_too_large_is_warned_about_once_per_topic()
    {
        var (small, other) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var events = new WarningEvents();
        using var ambient = Ambient();
        using var producer = Build();
        for (var i = 0; i < 40; i++)
        {
            producer.Produce(small, Message("väl"));
        }

        for (var i = 0; i < 40; i++)
        {
            producer.Produce(other, Message("väl"));
        }

        Assert.Equal(2, _warnings.Count);

        // 66 of 66, the key's 3 and the value's 4.
        Assert.Contains($"66 of the 73 bytes of a record for {small} (90 %; HeaderShareMax is 0.3)", _warnings[0], StringComparison.Ordinal);
        Assert.Contains(other, _warnings[1], StringComparison.Ordinal);
        Assert.Equal(_warnings, events.Told);
    }

    [Fact]
    public async Task Records_with_room_for_them_are_not_warned_about()
    {
        var topic = await CreateTopicAsync();
        using var ambient = Ambient();
        using var producer = Build();
        using var generous = Build(new() { HeaderShareMax = 0.95 });
        using var silent = Build(new() { HeaderShareMax = null });

        // 66 of 220 is 30 %, and not above it.
        producer.Produce(topic, Message(new string('v', 220 - TraceParentSize - "key".Length)));
        producer.Produce(topic, Message(new string('v', 100), ("large", new string('h', 60))));
        generous.Produce(topic, Message());
        silent.Produce(topic, Message());
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Size_that_is_not_known_is_not_guessed()
    {
        var topic = await CreateTopicAsync();
        using var ambient = Ambient();
        using var own = Builder(new()).SetValueSerializer(new Encrypting()).Build();
        using var typed = new TracingProducerBuilder<Null, Guid>(ProducerConfig())
            .SetLogHandler((_, message) => Note(message)).SetValueSerializer(new GuidText()).Build();
        own.Produce(topic, Message());
        typed.Produce(topic, new() { Value = Guid.NewGuid() });
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Wrong_share_is_named(double share)
    {
        var refused = Assert.Throws<ArgumentException>(() => Build(new() { HeaderShareMax = share }));
        Assert.Contains("HeaderShareMax", refused.Message, StringComparison.Ordinal);
    }

    private static Activity Ambient() =>
        new Activity("ambient") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start();

    private TracingProducer<string, string> Build(KafkaTracingOptions? options = null) => Builder(options).Build();

    private TracingProducerBuilder<string, string> Builder(KafkaTracingOptions? options) =>
        new TracingProducerBuilder<string, string>(ProducerConfig(), options).SetLogHandler((_, message) => Note(message));

    private void Note(LogMessage message)
    {
        if (message.Facility == "THROUGHLINE")
        {
            _warnings.Add(message.Message);
        }
    }

    private sealed class WarningEvents : EventListener
    {
        public List<string> Told { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Throughline-Kafka")
            {
                EnableEvents(eventSource, EventLevel.Warning);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName == "HeadersAreLarge")
            {
                Told.Add((string)eventData.Payload![0]!);
            }
        }
    }

    private sealed class Encrypting : ISerializer<string>
    {
        public byte[] Serialize(string data, SerializationContext context) => Encoding.UTF32.GetBytes(data);
    }

    private sealed class GuidText : ISerializer<Guid>
    {
        public byte[] Serialize(Guid data, SerializationContext context) => data.ToByteArray();
    }
}
