using Confluent.Kafka;
using NSubstitute;
using Throughline.Testing;

namespace Throughline.Kafka.Tests.Metrics;

[Collection(Isolated.Name)]
public sealed class TimeLagTests : IDisposable
{
    private const string Lag = "throughline.consumer.lag.time";
    private const string Skew = "throughline.consumer.clock_skew";

    private static readonly DateTime Now = new(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private readonly MetricRecorder _metrics = new(Lag, Skew);
    private readonly TracingConsumer<string, string> _consumer = Substitute.For<IConsumer<string, string>>().WithTracing(
        new() { GroupId = "billing", BootstrapServers = "kafka:9092" }, new() { TimeProvider = new FixedTime(Now) });

    public void Dispose()
    {
        _metrics.Dispose();
        _consumer.Dispose();
    }

    [Theory]
    [InlineData(TimestampType.CreateTime)]
    [InlineData(TimestampType.LogAppendTime)]
    public void Lag_is_from_the_timestamp_to_the_beginning_and_names_who_set_it(TimestampType type)
    {
        using (_consumer.StartProcess(Sent(Now.AddSeconds(-90), type)))
        {
        }

        var lag = Assert.Single(_metrics.Of(Lag));
        Assert.Equal(90, lag.Value, 3);
        Assert.Equal(
            [
                ("messaging.consumer.group.name", "billing"), ("messaging.destination.name", "orders"),
                ("messaging.destination.partition.id", "3"), ("messaging.system", "kafka"), ("server.address", "kafka"),
                ("server.port", (object)9092), ("throughline.record.timestamp_type", type.ToString()),
            ],
            lag.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => (tag.Key, tag.Value!)));
        Assert.Empty(_metrics.Of(Skew));
    }

    [Fact]
    public void Negative_lag_is_counted_as_clock_skew_and_never_averaged_in()
    {
        using (_consumer.StartProcess(Sent(Now.AddSeconds(2))))
        {
        }

        Assert.Equal(1, Assert.Single(_metrics.Of(Skew)).Value);
        Assert.Empty(_metrics.Of(Lag));
    }

    [Fact]
    public void Record_without_a_timestamp_has_no_lag()
    {
        using (_consumer.StartProcess(Sent(Now, TimestampType.NotAvailable)))
        {
        }

        Assert.Empty(_metrics.Of(Lag));
        Assert.Empty(_metrics.Of(Skew));
    }

    [Fact]
    public void Records_of_a_batch_are_measured_once_although_each_has_a_scope_inside()
    {
        ConsumeResult<string, string>[] batch = [Sent(Now.AddSeconds(-1), offset: 10), Sent(Now.AddSeconds(-2), offset: 11)];
        using (_consumer.StartBatch(batch))
        {
            foreach (var record in batch)
            {
                using (_consumer.StartProcess(record))
                {
                }
            }
        }

        Assert.Equal([1, 2], _metrics.Of(Lag).Select(lag => lag.Value));
        using (_consumer.StartProcess(batch[0]))
        {
            // Delivered once more.
        }

        Assert.Equal(3, _metrics.Of(Lag).Count);
    }

    [Fact]
    public async Task Lag_is_what_its_span_says()
    {
        using var recorder = SpanRecorder.Start(KafkaInstrumentation.ActivitySourceName);
        using (_consumer.StartProcess(Sent(DateTime.UtcNow.AddSeconds(-5))))
        {
        }

        var span = await recorder.WaitForAsync("process orders");
        var timestamp = DateTimeOffset.FromUnixTimeMilliseconds((long)span.Tag("throughline.record.timestamp_unix_ms")!);
        Assert.Equal((span.Start - timestamp).TotalSeconds, Assert.Single(_metrics.Of(Lag)).Value, 6);
    }

    private static ConsumeResult<string, string> Sent(DateTime at, TimestampType type = TimestampType.CreateTime, long offset = 7) => new()
    {
        Topic = "orders",
        Partition = 3,
        Offset = offset,
        Message = new() { Value = "v", Timestamp = new Timestamp(at, type) },
    };

    private sealed class FixedTime(DateTime now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(now);
    }
}
