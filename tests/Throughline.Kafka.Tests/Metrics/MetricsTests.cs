using System.Diagnostics.Metrics;
using Confluent.Kafka;
using NSubstitute;
using Throughline.Testing;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>Each instrument, its unit and its attributes, with a span beside it and without.</summary>
[Collection(Isolated.Name)]
public sealed class MetricsTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = [];
    private readonly IProducer<string, string> _producer = Substitute.For<IProducer<string, string>>();
    private readonly IConsumer<string, string> _consumer = Substitute.For<IConsumer<string, string>>();
    private readonly KafkaClientDescription _description = new() { GroupId = "g", BootstrapServers = "kafka:9092", ClientId = "c" };
    private readonly ConsumeResult<string, string> _record =
        new() { Topic = "t", Partition = 2, Offset = 7, Message = new() { Value = "v" } };

    public MetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == KafkaInstrumentation.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(Note);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Send_is_counted_and_timed()
    {
        _producer.ProduceAsync("t", Arg.Any<Message<string, string>>(), Arg.Any<CancellationToken>())
            .Returns(new DeliveryResult<string, string> { Topic = "t", Partition = 2, Offset = 7 });
        using var producer = _producer.WithTracing(new() { BootstrapServers = "kafka:9092" });
        await producer.ProduceAsync("t", new() { Value = "v" });
        var sent = One("messaging.client.sent.messages");
        Assert.Equal(1, sent.Value);
        AssertTags(sent.Tags, ("messaging.operation.name", "send"), ("messaging.system", "kafka"), ("messaging.destination.name", "t"),
            ("messaging.destination.partition.id", "2"), ("server.address", "kafka"), ("server.port", 9092));
        AssertTags(One("messaging.client.operation.duration").Tags, [.. sent.Tags.Select(tag => (tag.Key, tag.Value)), ("messaging.operation.type", "send")]);
    }

    [Fact]
    public async Task Duration_is_the_spans_and_a_failure_is_named()
    {
        _producer.ProduceAsync("t", Arg.Any<Message<string, string>>(), Arg.Any<CancellationToken>())
            .Returns(Task.FromException<DeliveryResult<string, string>>(
                new ProduceException<string, string>(new Error(ErrorCode.Local_MsgTimedOut), new() { Partition = 1, Offset = Offset.Unset })));
        using var recorder = SpanRecorder.Start(KafkaInstrumentation.ActivitySourceName);
        using var producer = _producer.WithTracing();
        await Assert.ThrowsAsync<ProduceException<string, string>>(() => producer.ProduceAsync("t", new() { Value = "v" }));
        var duration = One("messaging.client.operation.duration");
        Assert.Equal("_MSG_TIMED_OUT", duration.Tags["error.type"]);
        Assert.Equal("1", duration.Tags["messaging.destination.partition.id"]);
        var span = await recorder.WaitForAsync("send t");
        Assert.Equal(span.Duration.TotalSeconds, duration.Value, 6);
    }

    [Fact]
    public void Received_processed_and_committed_records_are_measured()
    {
        _consumer.Consume(0).Returns(_record);
        _consumer.Assignment.Returns([new TopicPartition("t", 2)]);
        _consumer.Commit().Returns([new TopicPartitionOffset("t", 2, 8)]);
        using var consumer = _consumer.WithTracing(_description);
        using (var scope = consumer.StartProcess(consumer.Consume(0)))
        {
            scope.Fail(new FormatException());
        }

        consumer.Commit();
        (string, object?)[] place =
        [
            ("messaging.system", "kafka"), ("messaging.destination.name", "t"), ("messaging.destination.partition.id", "2"),
            ("messaging.consumer.group.name", "g"), ("server.address", "kafka"), ("server.port", 9092),
        ];
        var consumed = One("messaging.client.consumed.messages");
        Assert.Equal(1, consumed.Value);
        AssertTags(consumed.Tags, [.. place, ("messaging.operation.name", "poll")]);
        var processed = One("messaging.process.duration");
        AssertTags(processed.Tags, [.. place, ("messaging.operation.name", "process"), ("error.type", "System.FormatException")]);
        Assert.InRange(processed.Value, 0, 10);
        AssertTags(
            One("messaging.client.operation.duration").Tags,
            [.. place, ("messaging.operation.name", "commit"), ("messaging.operation.type", "settle")]);
    }

    [Theory]
    [InlineData(ErrorCode.Local_ValueDeserialization, "messaging.client.consumed.messages", "_VALUE_DESERIALIZATION")]
    [InlineData(ErrorCode.TopicAuthorizationFailed, "throughline.consumer.poll_failures", "TOPIC_AUTHORIZATION_FAILED")]
    public void Failed_poll_counts_a_message_only_where_there_was_one(ErrorCode code, string counter, string error)
    {
        _consumer.Consume(0).Returns(_ => throw new ConsumeException(
            new() { Topic = "t", Partition = 2, Offset = 7, Message = new() }, new Error(code)));
        using var consumer = _consumer.WithTracing(_description);
        Assert.Throws<ConsumeException>(() => consumer.Consume(0));
        var counted = Assert.Single(_measured);
        Assert.Equal((counter, 1), (counted.Name, counted.Value));
        Assert.Equal(error, counted.Tags["error.type"]);
    }

    [Fact]
    public void Record_sent_without_its_headers_is_counted()
    {
        _producer.When(inner => inner.Produce("t", Arg.Is<Message<string, string>>(message => message.Headers.Count > 0), Arg.Any<Action<DeliveryReport<string, string>>>()))
            .Do(call => throw new ProduceException<string, string>(
                new Error(ErrorCode.MsgSizeTooLarge), new() { Message = call.Arg<Message<string, string>>() }));
        using var ambient = new System.Diagnostics.Activity("ambient").Start();
        using var producer = _producer.WithTracing();
        producer.Produce("t", new() { Value = "v" });
        Assert.Equal("t", One("throughline.send.headers_dropped").Tags["messaging.destination.name"]);
    }

    [Fact]
    public void Listener_that_throws_changes_nothing_for_the_caller()
    {
        using var broken = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == KafkaInstrumentation.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        broken.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("listener"));
        broken.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("listener"));
        broken.Start();
        _consumer.Consume(0).Returns(_record);
        using var consumer = _consumer.WithTracing(_description);
        using var producer = _producer.WithTracing(new() { DeliveryReports = false });
        producer.Produce("t", new() { Value = "v" });
        consumer.Commit();
        using (consumer.StartProcess(consumer.Consume(0)))
        {
        }

        Assert.Null(System.Diagnostics.Activity.Current);
    }

    [Fact]
    public async Task Measurements_carry_only_attributes_of_the_table()
    {
        await Send_is_counted_and_timed();
        AssertTableHasThem();
        _measured.Clear();
        Received_processed_and_committed_records_are_measured();
        Record_sent_without_its_headers_is_counted();
        AssertTableHasThem();

        void AssertTableHasThem() => Assert.All(_measured, measured => Assert.Subset(
            KafkaInstrumentation.Metrics.Single(metric => metric.Name == measured.Name).Attributes.ToHashSet(), measured.Tags.Keys.ToHashSet()));
    }

    private static void AssertTags(Dictionary<string, object?> tags, params (string Name, object? Value)[] expected) =>
        Assert.Equal(expected.OrderBy(tag => tag.Name, StringComparer.Ordinal), tags.Select(tag => (tag.Key, tag.Value)).OrderBy(tag => tag.Key, StringComparer.Ordinal));

    private (string Name, double Value, Dictionary<string, object?> Tags) One(string name) =>
        Assert.Single(_measured, measured => measured.Name == name);

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        lock (_measured)
        {
            _measured.Add((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
        }
    }
}
