using System.Diagnostics;
using Confluent.Kafka;
using NSubstitute;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>What collecting metrics adds to a recorded send and a processed record, in objects, on the caller's thread.</summary>
[Collection(Isolated.Name)]
public class MeasuringCostTests
{
    private const int Rounds = 2_000;

    [Fact]
    public void Measuring_a_send_inside_its_span_costs_its_caller_no_object()
    {
        using var spans = RecordEverything();
        var config = new ProducerConfig { BootstrapServers = "127.0.0.1:1", ReconnectBackoffMs = 10_000 };
        using var producer = new TracingProducerBuilder<Null, string>(config, new() { HeaderShareMax = null })
            .SetLogHandler((_, _) => { }).Build();
        var message = new Message<Null, string> { Value = "v" };
        var (without, with) = Compare(() => producer.Produce("t", message));
        Assert.InRange(with, 1, without + 8);
    }

    [Fact]
    public void Measuring_a_processed_record_costs_one_small_object()
    {
        const int MeasurementBytes = 64;
        using var spans = RecordEverything();
        using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing(new() { GroupId = "g", BootstrapServers = "kafka:9092" });
        var record = new ConsumeResult<string, string> { Topic = "t", Partition = 1, Offset = 1, Message = new() { Value = "v", Timestamp = new(1, TimestampType.CreateTime) } };
        var (without, with) = Compare(() =>
        {
            using var scope = consumer.StartProcess(record);
        });
        Assert.InRange(with, 1, without + MeasurementBytes);
    }

    private static (long Without, long With) Compare(Action action)
    {
        BytesOf(action);
        var without = BytesOf(action);

        // Not MetricRecorder, which keeps what it hears.
        using var metrics = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == KafkaInstrumentation.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        metrics.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        metrics.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        metrics.Start();
        BytesOf(action);
        return (without, BytesOf(action));
    }

    private static long BytesOf(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }

    private static ActivityListener RecordEverything()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == KafkaInstrumentation.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
