using System.Diagnostics;
using Confluent.Kafka;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>Clients that somebody else made: mocks, decorators.</summary>
public class WrappedClientTests
{
    private readonly string _topic = $"wrapped-{Guid.NewGuid():N}";
    private readonly IProducer<string, string> _inner = Substitute.For<IProducer<string, string>>();
    private readonly Message<string, string> _message = new() { Key = "k", Value = "v" };

    [Fact]
    public async Task Description_is_told()
    {
        using var recorder = Record();
        using var producer = _inner.WithTracing(new()
        {
            BootstrapServers = "a:9092, SSL://b:9093",
            ClientId = "c1",
            ClusterId = "cluster",
            DeliveryReports = false,
        });
        producer.Produce(_topic, _message);
        await recorder.WaitForAsync($"send {_topic}");
        recorder.AssertSingleTrace().Span($"send {_topic}")
            .HasTag("server.address", "a:9092,b:9093").HasNoTag("server.port")
            .HasTag("messaging.client.id", "c1").HasTag("messaging.kafka.cluster.id", "cluster");
    }

    [Fact]
    public async Task Overload_and_everything_else_reach_the_inner_client_as_the_caller_chose()
    {
        using var recorder = Record();
        using var producer = _inner.WithTracing();
        var place = new TopicPartition(_topic, 3);
        producer.Produce(place, _message, _ => { });
        producer.Produce(_topic, _message, _ => { });
        _inner.Received(1).Produce(place, Arg.Any<Message<string, string>>(), Arg.Any<Action<DeliveryReport<string, string>>>());
        _inner.Received(1).Produce(_topic, Arg.Any<Message<string, string>>(), Arg.Any<Action<DeliveryReport<string, string>>>());
        Assert.Null(await producer.ProduceAsync(_topic, _message));

        producer.Poll(TimeSpan.FromSeconds(1));
        producer.Flush(TimeSpan.FromSeconds(2));
        producer.BeginTransaction();
        producer.AddBrokers("b");
        producer.SetSaslCredentials("u", "p");
        _inner.Received(1).Poll(TimeSpan.FromSeconds(1));
        _inner.Received(1).Flush(TimeSpan.FromSeconds(2));
        _inner.Received(1).BeginTransaction();
        _inner.Received(1).AddBrokers("b");
        _inner.Received(1).SetSaslCredentials("u", "p");
        Assert.Null(_message.Headers);
    }

    [Fact]
    public async Task Client_that_refuses_handlers_is_sent_to_without_one()
    {
        using var recorder = Record();
        _inner.When(inner => inner.Produce(
                _topic, Arg.Any<Message<string, string>>(), Arg.Is<Action<DeliveryReport<string, string>>>(handler => handler != null)))
            .Do(_ => throw new InvalidOperationException("A delivery handler was specified, but delivery reports are disabled."));
        using var producer = _inner.WithTracing();
        producer.Produce(_topic, _message);
        producer.Produce(_topic, _message);
        var spans = await recorder.WaitForAsync(2);
        Assert.All(spans, span => Assert.Equal("unknown", span.Tag("throughline.send.outcome")));
        _inner.Received(2).Produce(_topic, Arg.Any<Message<string, string>>(), null);
    }

    [Fact]
    public async Task Exceptions_are_the_inner_clients_own()
    {
        using var recorder = Record();
        var fault = new TimeoutException("broker is away");
        _inner.When(inner => inner.Produce(_topic, Arg.Any<Message<string, string>>(), Arg.Any<Action<DeliveryReport<string, string>>>()))
            .Do(_ => throw fault);
        _inner.ProduceAsync(_topic, Arg.Any<Message<string, string>>(), Arg.Any<CancellationToken>()).ThrowsAsync(fault);
        using var producer = _inner.WithTracing();
        Assert.Same(fault, Assert.Throws<TimeoutException>(() => producer.Produce(_topic, _message)));
        Assert.Same(fault, await Assert.ThrowsAsync<TimeoutException>(() => producer.ProduceAsync(_topic, _message)));
        var spans = await recorder.WaitForAsync(2);
        Assert.All(spans, span => Assert.Equal("System.TimeoutException", span.Tag("error.type")));
    }

    [Fact]
    public void Missing_topic_or_message_is_the_inner_clients_to_refuse()
    {
        using var recorder = Record();
        using var producer = _inner.WithTracing();
        producer.Produce((string)null!, _message);
        producer.Produce(_topic, null!);
        _inner.Received(1).Produce((string)null!, _message, null);
        _inner.Received(1).Produce(_topic, null!, null);
    }

    [Fact]
    public async Task Report_that_comes_twice_ends_the_span_once_and_reaches_the_handler_twice()
    {
        using var recorder = Record();
        Action<DeliveryReport<string, string>>? given = null;
        _inner.Produce(_topic, Arg.Any<Message<string, string>>(), Arg.Do<Action<DeliveryReport<string, string>>>(it => given = it));
        using var producer = _inner.WithTracing();
        var calls = 0;
        producer.Produce(_topic, _message, _ => calls++);
        var report = new DeliveryReport<string, string> { Topic = _topic, Partition = 1, Offset = 7, Error = new(ErrorCode.NoError) };
        given!(report);
        given(report);
        Assert.Equal(2, calls);
        await recorder.WaitForAsync($"send {_topic}");
        Assert.Single(recorder.Spans);
    }

    [Fact]
    public async Task Handler_that_throws_does_so_where_it_did_and_leaves_nothing_behind()
    {
        using var recorder = Record();
        Action<DeliveryReport<string, string>>? given = null;
        _inner.Produce(_topic, Arg.Any<Message<string, string>>(), Arg.Do<Action<DeliveryReport<string, string>>>(it => given = it));
        using var producer = _inner.WithTracing();
        producer.Produce(_topic, _message, _ => throw new FormatException("the handler's own"));
        Assert.Throws<FormatException>(() => given!(new() { Topic = _topic, Partition = 1, Offset = 7, Error = new(ErrorCode.NoError) }));
        Assert.Null(Activity.Current);
        var span = await recorder.WaitForAsync($"send {_topic}");
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public void What_needs_the_builder_is_refused_by_name()
    {
        var consumer = Substitute.For<IConsumer<string, string>>();
        var refused = Assert.Throws<NotSupportedException>(() => consumer.WithTracing(options: new() { AutomaticCommitSpans = true }));
        Assert.Contains("AutomaticCommitSpans", refused.Message, StringComparison.Ordinal);
        Assert.Contains("TracingConsumerBuilder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tracing_client_is_not_wrapped_again()
    {
        using var producer = _inner.WithTracing();
        using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing();
        Assert.Contains("traces already", Assert.Throws<ArgumentException>(() => producer.WithTracing()).Message, StringComparison.Ordinal);
        Assert.Contains("traces already", Assert.Throws<ArgumentException>(() => consumer.WithTracing()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decorator_that_honours_the_token_is_given_it()
    {
        using var recorder = Record();
        using var cancel = new CancellationTokenSource();
        _inner.ProduceAsync(_topic, Arg.Any<Message<string, string>>(), cancel.Token)
            .Returns(Task.Delay(Timeout.Infinite, cancel.Token).ContinueWith(
                _ => default(DeliveryResult<string, string>)!, cancel.Token, TaskContinuationOptions.None, TaskScheduler.Default));
        using var producer = _inner.WithTracing();
        var sending = producer.ProduceAsync(_topic, _message, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        var span = await recorder.WaitForAsync($"send {_topic}");
        Assert.Equal("unknown", span.Tag("throughline.send.outcome"));
    }

    [Fact]
    public async Task Record_without_its_topic_is_processed_in_its_trace_all_the_same()
    {
        using var recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Tag("messaging.consumer.group.name", _topic),
        });
        using var consumer = Substitute.For<IConsumer<string, Ignore>>().WithTracing(new() { GroupId = _topic });
        using (consumer.StartProcess(new() { Message = new() { Headers = [] } }))
        {
        }

        var span = await recorder.WaitForAsync("process");
        Assert.Null(span.Tag("messaging.destination.name"));
        Assert.Null(span.Tag("messaging.kafka.message.tombstone"));
    }

    [Fact]
    public async Task Mocked_consumer_is_traced()
    {
        using var recorder = Record();
        var inner = Substitute.For<IConsumer<string, string>>();
        inner.Consume(0).Returns(new ConsumeResult<string, string>
        {
            Topic = _topic,
            Partition = 4,
            Offset = 2,
            Message = new Message<string, string> { Value = "v" },
        });
        using var consumer = inner.WithTracing(new() { GroupId = "g" });
        using (consumer.StartProcess(consumer.Consume(0)))
        {
        }

        await recorder.WaitForAsync($"process {_topic}");
        recorder.AssertSingleTrace().Span($"process {_topic}").IsRoot().HasTag("messaging.consumer.group.name", "g");
    }

    private SpanRecorder Record() => SpanRecorder.Start(new SpanRecorderOptions
    {
        Sources = [KafkaInstrumentation.ActivitySourceName],
        Scope = SpanScope.Destination(_topic),
    });
}
