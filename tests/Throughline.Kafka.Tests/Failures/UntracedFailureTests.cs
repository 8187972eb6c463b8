using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>Failures where nobody records spans, and what is counted of them.</summary>
[Collection(Isolated.Name)]
public sealed class UntracedFailureTests(EmbeddedKafka kafka) : FailureSuite(kafka)
{
    [Fact]
    public async Task Record_keeps_the_context_it_came_with_on_its_whole_way()
    {
        var (topic, retry, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic, retry]);
        var context = TraceParent(RandomContext());
        await producer.ProduceAsync(topic, Message("v", ("traceparent", context)));
        await ProcessAsync(consumer, Options(bytes, retry, deadLetters), calls: 2, (_, _) => throw new FormatException());
        var letter = Read(deadLetters, count: 1)[0];
        Assert.Equal(context, Told(letter, "traceparent"));
        Assert.Equal(context, Told(letter, FailureHeaderNames.Origin));
    }

    [Fact]
    public async Task Retries_forwards_and_dead_letters_are_counted()
    {
        var counted = new List<(string Name, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Meter.Name == KafkaInstrumentation.MeterName)
                {
                    it.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (counted)
            {
                counted.AddRange(Enumerable.Repeat((instrument.Name, tags.ToArray().ToDictionary()), (int)value));
            }
        });
        listener.Start();
        var (topic, retry, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic, retry]);
        await producer.ProduceAsync(topic, Message());
        var options = Options(bytes, retry, deadLetters);
        options.Retry = new() { AttemptsMax = 2, BackoffInitial = TimeSpan.Zero };
        await ProcessAsync(consumer, options, calls: 4, (_, _) => throw new FormatException());
        await DeadLetters.RedriveAsync(ConsumerConfig(), bytes, new(deadLetters)).WaitAsync(Patience);
        lock (counted)
        {
            Assert.Equal([topic, retry], Of("throughline.process.retries").Select(tags => tags["messaging.destination.name"]));
            AssertForward("throughline.process.forwarded_to_retry", topic, retry, "System.FormatException");
            AssertForward("throughline.process.dead_lettered", retry, deadLetters, "System.FormatException");
            AssertForward("throughline.process.redriven", deadLetters, topic, errorType: null);
        }

        IEnumerable<Dictionary<string, object?>> Of(string name) => counted.Where(each => each.Name == name).Select(each => each.Tags);

        void AssertForward(string name, string from, string to, string? errorType)
        {
            var tags = Assert.Single(Of(name));
            Assert.Equal(
                (from, to, errorType),
                (tags["messaging.destination.name"], tags["throughline.failure.destination"], tags.GetValueOrDefault("error.type")));
        }
    }

    private static ProcessingOptions Options(IProducer<byte[], byte[]> producer, string retry, string deadLetters) => new()
    {
        Failures = new(producer) { RetryTopics = { new(retry, TimeSpan.Zero) }, DeadLetterTopic = deadLetters },
    };
}
