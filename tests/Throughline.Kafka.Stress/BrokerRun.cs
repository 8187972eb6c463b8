using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.Kafka.Stress.Clients;
using Throughline.Testing;

namespace Throughline.Kafka.Stress;

/// <summary>
/// The same stories in handlers of the processing loop: each is sent through an embedded broker by a flow of its own, and
/// told where its record is handled, beside the others.
/// </summary>
internal sealed class BrokerRun(int seed, int atOnce, Witness witness)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, TaskCompletionSource> _told = new();
    private readonly ConcurrentDictionary<int, Story> _stories = new();

    /// <summary>How many stories were told.</summary>
    public async Task<int> RunAsync(int storiesMax, TimeSpan timeMax)
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("stories", partitions: 8);
        broker.CreateTopic(World.Topic, partitions: 4);
        using var producer = new TracingProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers, LingerMs = 1 }, StressClients.Quietly).Build();
        var config = broker.ConsumerConfig("stress");
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using var consumer = new TracingConsumerBuilder<string, string>(config).BuildForProcessing();
        consumer.Subscribe("stories");
        using var stop = new CancellationTokenSource();
        var loop = consumer.ProcessAsync(HandleAsync, new ProcessingOptions { Workers = atOnce, Order = ProcessingOrder.None }, stop.Token);
        var world = StressClients.Around([producer]);
        var (number, started) = (0, Stopwatch.GetTimestamp());
        try
        {
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
            {
                while (witness.Failures.Count == 0 && Stopwatch.GetElapsedTime(started) < timeMax)
                {
                    var mine = Interlocked.Increment(ref number);
                    if (mine > storiesMax)
                    {
                        return;
                    }

                    await SendAsync(producer, new Story(seed, mine, witness, world), mine);
                }
            })));
        }
        finally
        {
            await stop.CancelAsync();
        }

        await loop.WaitAsync(Patience);
        return Math.Min(number, storiesMax);
    }

    private async Task SendAsync(TracingProducer<string, string> producer, Story story, int number)
    {
        var told = _told[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _stories[number] = story;
        Story.Current = story;
        using (var origin = new Activity("order").Start())
        {
            witness.TryOwn(origin.TraceId, story);
            Baggage.SetBaggage("story", $"{number}");
            var here = new Place(origin, $"{number}");
            await producer.ProduceAsync("stories", new Message<string, string> { Key = $"{number}", Value = origin.TraceId.ToHexString() });
            here.Check(story, "after a send to the broker");
            try
            {
                await told.Task.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                story.Fail($"was not told within {Patience}");
            }
        }

        Story.Current = null;
        _stories.TryRemove(number, out _);
        _told.TryRemove(number, out _);
        witness.Forget(story);
    }

    private async Task HandleAsync(ConsumeResult<string, string> record, CancellationToken cancellation)
    {
        var number = int.Parse(record.Message.Key, CultureInfo.InvariantCulture);
        if (!_stories.TryGetValue(number, out var story))
        {
            // Again, after its first handler is done.
            return;
        }

        Story.Current = story;
        try
        {
            var sent = Encoding.ASCII.GetString(record.Message.Headers.GetLastBytes("traceparent"));
            var span = Activity.Current;
            if (span?.TraceId.ToHexString() != record.Message.Value || span.ParentSpanId.ToHexString() != sent[36..52])
            {
                story.Fail($"its handler runs in {span?.Id}, and its record carries {sent} of trace {record.Message.Value}");
            }

            var here = new Place(span, $"{number}");
            await story.Begin().GoOnAsync(here).WaitAsync(Patience, CancellationToken.None);
            here.Check(story, "at the end of its handler");
        }
        catch (Exception exception)
        {
            story.Fail($"threw {exception}");
        }
        finally
        {
            _told.GetValueOrDefault(number)?.TrySetResult();
        }
    }
}
