using System.Runtime.CompilerServices;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>Clients come and go while a program runs; its instruments tell of those that are there.</summary>
[Collection(Isolated.Name)]
public sealed class LiveClientTests(EmbeddedKafka kafka) : TracingSuite(kafka)
{
    private const string Queue = "throughline.producer.queue.messages";
    private const string Lag = "throughline.consumer.lag.offset";

    private static readonly KafkaTracingOptions WithStatistics = new() { StatisticsInterval = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public void Two_producers_of_one_client_id_are_told_apart_and_a_disposed_one_is_gone()
    {
        using var metrics = new MetricRecorder(Queue);
        using var first = Producer(WithStatistics, config => config.ClientId = "shop");
        using (Producer(WithStatistics, config => config.ClientId = "shop"))
        {
            var both = metrics.ObserveUntil(Queue, told => told.Count == 2);
            Assert.All(both, told => Assert.Equal("shop", told.Tag("messaging.client.id")));
            Assert.Equal(2, both.Select(told => told.Tag("throughline.client.name")).Distinct().Count());
        }

        Assert.Equal(first.Name, Assert.Single(metrics.ObserveUntil(Queue, told => told.Count > 0)).Tag("throughline.client.name"));
    }

    [Fact]
    public void Disposed_client_is_gone_from_what_the_sdk_exports()
    {
        var exporter = new KeepingExporter();
        using var sdk = Sdk.CreateMeterProviderBuilder().AddMeter(KafkaInstrumentation.MeterName).AddReader(new BaseExportingMetricReader(exporter)).Build();
        using (Producer(WithStatistics))
        {
            Assert.True(SpinWait.SpinUntil(() => sdk.ForceFlush() && exporter.Series.GetValueOrDefault(Queue) == 1, Patience));
        }

        sdk.ForceFlush();
        Assert.Equal(0, exporter.Series.GetValueOrDefault(Queue));
    }

    [Fact]
    public void Hundreds_of_clients_made_and_disposed_leave_nothing_behind()
    {
        const int Clients = 150;
        using var metrics = new MetricRecorder(Queue, Lag);
        var dropped = new List<WeakReference>();
        for (var i = 0; i < Clients; i++)
        {
            dropped.Add(MakeAndDispose(i));
            Assert.Empty(metrics.Observe(Queue));
        }

        // A thread that polled the last of them may still be on its way out.
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    return dropped.Count(client => client.IsAlive) <= 2;
                },
                Patience),
            $"{dropped.Count(client => client.IsAlive)} of {Clients} clients are still held.");
    }

    [Fact]
    public void Client_that_was_never_disposed_is_not_kept_alive()
    {
        using var metrics = new MetricRecorder(Lag);
        var dropped = Make();
        metrics.Observe(Lag);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !dropped.IsAlive;
            },
            Patience));
        Assert.Empty(metrics.Observe(Lag));
    }

    [Fact]
    public async Task Clients_are_closed_and_disposed_while_others_collect()
    {
        const int Rounds = 40;
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder(Lag, "throughline.instrumentation.faults");
        using var stop = new CancellationTokenSource();
        var collecting = Task.Factory.StartNew(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    metrics.Observe(Lag);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        for (var i = 0; i < Rounds; i++)
        {
            using var consumer = new TracingConsumerBuilder<string, string>(ConsumerConfig()).Build();
            consumer.Assign(new TopicPartitionOffset(topic, 0, 0));
            consumer.Consume(0);
            if (i % 2 == 0)
            {
                consumer.Close();
            }
        }

        await stop.CancelAsync();
        await collecting.WaitAsync(Patience);
        Assert.Empty(metrics.Of("throughline.instrumentation.faults"));
        Assert.Empty(metrics.Observe(Lag));
    }

    [Fact]
    public async Task Inner_client_that_somebody_else_disposed_is_not_asked()
    {
        var topic = await CreateTopicAsync();
        using var metrics = new MetricRecorder(Lag, "throughline.instrumentation.faults");
        using var inner = new ConsumerBuilder<string, string>(ConsumerConfig()).Build();
        using var consumer = inner.WithTracing();
        consumer.Assign(new TopicPartitionOffset(topic, 0, 0));
        inner.Dispose();
        Assert.Empty(metrics.Observe(Lag));
        Assert.Empty(metrics.Of("throughline.instrumentation.faults"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference MakeAndDispose(int number)
    {
        if (number % 2 == 0)
        {
            using var producer = Producer(WithStatistics);
            return new(producer);
        }

        using var consumer = new TracingConsumerBuilder<string, string>(ConsumerConfig(), WithStatistics).Build();
        return new(consumer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Make() => new(new TracingConsumerBuilder<string, string>(ConsumerConfig()).Build());
}
