using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Throughline.Testing;

namespace Throughline.Kafka.Tests.Processing;

/// <summary>Logs of handlers that the loop calls, several at once and again after failures.</summary>
public class LoopLogTests
{
    private const int Records = 20;

    [Fact]
    public async Task Each_attempt_logs_its_own_record_once_under_its_own_span()
    {
        using var broker = EmbeddedBroker.Start();
        var topic = $"loop-logs-{Guid.NewGuid():N}";
        broker.CreateTopic(topic, partitions: 2);
        using var recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Destination(topic),
        });
        var read = new ScopeReader();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(read));
        var log = factory.CreateLogger("Handlers");
        using (var producer = new TracingProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build())
        {
            await Task.WhenAll(Enumerable.Range(0, Records).Select(i => producer.ProduceAsync(topic, new() { Key = $"{i}", Value = "v" })));
        }

        using var consumer = new TracingConsumerBuilder<string, string>(
            new ConsumerConfig(broker.ConsumerConfig("billing")) { AutoOffsetReset = AutoOffsetReset.Earliest },
            new() { LoggerFactory = factory }).BuildForProcessing();
        consumer.Subscribe(topic);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var attempts = new ConcurrentDictionary<string, (TopicPartitionOffset Place, ActivitySpanId Span)>();
        await consumer.ProcessAsync(
            async (record, _) =>
            {
                var text = $"{record.Message.Key} for the {(attempts.ContainsKey($"{record.Message.Key} for the first time") ? "second" : "first")} time";
                attempts[text] = (record.TopicPartitionOffset, Activity.Current!.SpanId);
                await Task.Yield();
                log.Say(text);
                if (text.Contains("first", StringComparison.Ordinal))
                {
                    throw new FormatException("again");
                }

                if (attempts.Count == 2 * Records)
                {
                    await stop.CancelAsync();
                }
            },
            new ProcessingOptions
            {
                Workers = 8,
                Order = ProcessingOrder.None,
                Retry = new() { AttemptsMax = 2, BackoffInitial = TimeSpan.FromMilliseconds(1), Telling = AttemptTelling.ChildSpans },
            },
            stop.Token);

        Assert.Equal(2 * Records, attempts.Count);
        Assert.All(attempts, attempt =>
        {
            var scope = read[attempt.Key];
            Assert.Equal([topic], scope.Of("messaging.destination.name"));
            Assert.Equal([$"{attempt.Value.Place.Partition.Value}"], scope.Of("messaging.destination.partition.id"));
            Assert.Equal([attempt.Value.Place.Offset.Value], scope.Of("messaging.kafka.offset"));
            Assert.Equal(["billing"], scope.Of("messaging.consumer.group.name"));
            Assert.Equal([attempt.Value.Span.ToHexString()], scope.Of("SpanId"));
        });
        Assert.Equal(2 * Records, attempts.Values.Select(attempt => attempt.Span).Distinct().Count());
    }
}
