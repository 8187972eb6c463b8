using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.Testing;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests;

/// <summary>A suite whose tests record the spans about their own topic.</summary>
public abstract class TracingSuite(KafkaFixture kafka) : KafkaSuite(kafka)
{
    protected const string TestSource = "Throughline.Kafka.Tests";

    private const string TopicTag = "test.topic";

    private static readonly ActivitySource Source = new(TestSource);

    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A span of the application's, in the scope of the recorder for <paramref name="topic"/>.</summary>
    protected static Activity? Start(string name, string topic) =>
        Source.StartActivity(name, ActivityKind.Internal, parentContext: default, tags: [new(TopicTag, topic)]);

    protected static SpanRecorder Record(string topic, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded) =>
        SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName, TestSource],
            Scope = SpanScope.Destination(topic).Or(SpanScope.Tag(TopicTag, topic)),
            Sampling = sampling,
            WaitTimeout = Patience,
        });

    protected TracingProducer<string, string> Producer(KafkaTracingOptions? options = null, Action<ProducerConfig>? configure = null)
    {
        var config = ProducerConfig();
        configure?.Invoke(config);

        // The tests' records are small, and would be warned about.
        options ??= new() { HeaderShareMax = null };
        return new TracingProducerBuilder<string, string>(config, options).Build();
    }

    protected TracingConsumer<string, string> Consumer(
        string topic, KafkaTracingOptions? options = null, Action<ConsumerConfig>? configure = null, [CallerMemberName] string test = "")
    {
        var config = ConsumerConfig(test: test);
        configure?.Invoke(config);
        var consumer = new TracingConsumerBuilder<string, string>(config, options).BuildForProcessing();
        consumer.Subscribe(topic);
        return consumer;
    }

    protected static Message<string, string> Message(string value = "value", params (string Name, string Value)[] headers)
    {
        var message = new Message<string, string> { Key = "key", Value = value };
        if (headers.Length > 0)
        {
            message.Headers = [];
            foreach (var (name, text) in headers)
            {
                message.Headers.Add(name, Encoding.UTF8.GetBytes(text));
            }
        }

        return message;
    }

    protected static ConsumeResult<TKey, TValue> ConsumeOne<TKey, TValue>(IConsumer<TKey, TValue> consumer)
    {
        using var limit = new CancellationTokenSource(Patience);
        return consumer.Consume(limit.Token);
    }

    protected static string[] HeaderValues(Headers? headers, string name) =>
        [.. (headers ?? []).Where(header => header.Key == name).Select(header => Encoding.UTF8.GetString(header.GetValueBytes()))];

    protected static void SetBaggage(string name, string value) => Baggage.Current = Baggage.Create(new() { [name] = value });

    protected static string TraceParent(ActivityContext context) =>
        $"00-{context.TraceId}-{context.SpanId}-{(int)context.TraceFlags:x2}";

    protected static ActivityContext RandomContext(ActivityTraceFlags flags = ActivityTraceFlags.Recorded) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, isRemote: true);
}
