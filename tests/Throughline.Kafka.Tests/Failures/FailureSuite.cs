using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Throughline.Testing;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>A suite about records whose processing fails.</summary>
public abstract class FailureSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    protected static SpanRecorder Record(params string[] topics) => SpanRecorder.Start(new SpanRecorderOptions
    {
        Sources = [KafkaInstrumentation.ActivitySourceName, TestSource],
        Scope = topics.Select(SpanScope.Destination).Aggregate((all, each) => all.Or(each)),
        WaitTimeout = Patience,
    });

    protected TracingProducer<byte[], byte[]> BytesProducer(Action<ProducerConfig>? configure = null)
    {
        var config = ProducerConfig();
        configure?.Invoke(config);
        return new TracingProducerBuilder<byte[], byte[]>(config).Build();
    }

    protected TracingConsumer<TKey, TValue> Consumer<TKey, TValue>(
        string[] topics, string? group = null, [CallerMemberName] string test = "")
    {
        var config = ConsumerConfig(group, test);

        // The embedded broker answers a waiting fetch when its time is over, whatever comes meanwhile.
        config.FetchWaitMaxMs = 10;
        var consumer = new TracingConsumerBuilder<TKey, TValue>(config, new() { CommitSpans = false }).BuildForProcessing();
        consumer.Subscribe(topics);
        return consumer;
    }

    /// <summary>The records of a topic, as they lie there.</summary>
    protected IReadOnlyList<ConsumeResult<byte[], byte[]>> Read(string topic, int count, [CallerMemberName] string test = "")
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(ConsumerConfig(test: test)).Build();
        consumer.Subscribe(topic);
        return [.. Enumerable.Range(0, count).Select(_ => ConsumeOne(consumer))];
    }

    protected static string? Told(ConsumeResult<byte[], byte[]> record, string header) =>
        HeaderValues(record.Message.Headers, header).SingleOrDefault();

    protected static long Committed<TKey, TValue>(IConsumer<TKey, TValue> consumer, string topic) =>
        consumer.Committed([new(topic, 0)], Patience).Single().Offset.Value;

    /// <summary>Processes until the handler has been called that often.</summary>
    protected static async Task ProcessAsync<TKey, TValue>(
        TracingConsumer<TKey, TValue> consumer,
        ProcessingOptions options,
        int calls,
        Action<ConsumeResult<TKey, TValue>, int> handler)
    {
        using var stop = new CancellationTokenSource(Patience);
        var called = 0;
        await consumer.ProcessAsync(
            async (result, _) =>
            {
                var call = ++called;
                if (call >= calls)
                {
                    await stop.CancelAsync();
                }

                handler(result, call);
            },
            options,
            stop.Token);
        Assert.Equal(calls, called);
    }
}
