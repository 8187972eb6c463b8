using System.Diagnostics;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>Attempts at a record where it is.</summary>
public abstract class InPlaceRetrySuite(KafkaFixture kafka) : FailureSuite(kafka)
{
    private static readonly RetryOptions Quick = new() { BackoffInitial = TimeSpan.FromMilliseconds(1), JitterSeed = 1 };

    [Fact]
    public async Task Process_span_ends_well_and_tells_each_failed_attempt()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message());
        await ProcessAsync(consumer, new() { Retry = Quick }, calls: 3, (_, call) =>
        {
            if (call < 3)
            {
                throw new TimeoutException($"no answer {call}");
            }
        });
        Assert.Equal(1, Committed(consumer, topic));
        await recorder.WaitForAsync($"process {topic}");
        var process = recorder.AssertSingleTrace().Span($"process {topic}")
            .HasParent($"send {topic}").HasStatus(ActivityStatusCode.Unset).HasNoTag("error.type")
            .HasTag("throughline.attempts", 3).Span;
        Assert.Equal(["throughline.attempt.failed", "throughline.attempt.failed"], process.Events.Select(each => each.Name));
        Assert.Equal([1, 2], process.Events.Select(each => each.Tags["throughline.attempt"]));
        Assert.All(process.Events, each => Assert.Equal("System.TimeoutException", each.Tags["exception.type"]));
        Assert.Equal(["no answer 1", "no answer 2"], process.Events.Select(each => each.Tags["exception.message"]));
        Assert.InRange((double)process.Events[0].Tags["throughline.attempt.backoff_ms"]!, 0.8, 1.0);
        Assert.InRange((double)process.Events[1].Tags["throughline.attempt.backoff_ms"]!, 1.6, 2.0);
    }

    [Fact]
    public async Task Attempts_are_child_spans_on_request_and_what_a_handler_does_belongs_to_its_own()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message());
        var retry = new RetryOptions { BackoffInitial = TimeSpan.Zero, Telling = AttemptTelling.ChildSpans };
        await ProcessAsync(consumer, new() { Retry = retry }, calls: 2, (_, call) =>
        {
            Start($"work {call}", topic)?.Dispose();
            if (call == 1)
            {
                throw new TimeoutException("no answer");
            }
        });
        await recorder.WaitForAsync($"process {topic}");
        var trace = recorder.AssertSingleTrace();
        trace.AssertNoOrphans();
        var process = trace.Span($"process {topic}").HasStatus(ActivityStatusCode.Unset).HasTag("throughline.attempts", 2).Span;
        Assert.Empty(process.Events);
        var attempts = trace.Spans.Where(span => span.Name == $"attempt {topic}").ToList();
        Assert.Equal([1, 2], attempts.Select(attempt => attempt.Tag("throughline.attempt")));
        Assert.All(attempts, attempt => Assert.Equal((process.SpanId, ActivityKind.Internal), (attempt.ParentSpanId, attempt.Kind)));
        Assert.Equal((ActivityStatusCode.Error, "System.TimeoutException"), (attempts[0].Status, attempts[0].Tag("error.type")));
        Assert.Equal(ActivityStatusCode.Unset, attempts[1].Status);
        Assert.Equal(attempts[0].SpanId, trace.Span("work 1").Span.ParentSpanId);
        Assert.Equal(attempts[1].SpanId, trace.Span("work 2").Span.ParentSpanId);
    }

    [Fact]
    public async Task Last_failure_is_the_records_and_ends_the_loop_uncommitted()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message());
        var called = 0;
        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => consumer.ProcessAsync(
            (_, _) => throw new TimeoutException($"no answer {++called}"), new ProcessingOptions { Retry = Quick }).WaitAsync(Patience));
        Assert.Equal("no answer 3", thrown.Message);
        Assert.Equal(3, called);
        Assert.True(Committed(consumer, topic) < 0);
        await recorder.WaitForAsync($"process {topic}");
        recorder.AssertSingleTrace().Span($"process {topic}").HasStatus(ActivityStatusCode.Error, "no answer 3")
            .HasTag("error.type", "System.TimeoutException").HasTag("throughline.attempts", 3).HasNoTag("throughline.process.outcome");
    }

    [Fact]
    public async Task Failure_that_no_attempt_can_help_is_not_repeated()
    {
        var topic = await CreateTopicAsync();
        using var producer = Producer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message());
        var called = 0;
        var options = new ProcessingOptions { Retry = new() { ShouldRetry = failure => failure is TimeoutException } };
        await Assert.ThrowsAsync<FormatException>(() => consumer.ProcessAsync(
            (_, _) => throw new FormatException($"{++called}"), options).WaitAsync(Patience));
        Assert.Equal(1, called);
    }

    [Fact]
    public async Task Pause_ends_when_the_loop_is_told_to_end_and_the_record_comes_again()
    {
        var topic = await CreateTopicAsync();
        using var producer = Producer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message());
        using var stop = new CancellationTokenSource(Patience);
        var options = new ProcessingOptions
        {
            Retry = new() { BackoffInitial = TimeSpan.FromHours(1), BackoffMax = TimeSpan.FromHours(1) },
            DrainTimeout = TimeSpan.Zero,
        };
        var called = 0;
        await consumer.ProcessAsync(
            async (_, _) =>
            {
                called++;
                await stop.CancelAsync();
                throw new TimeoutException();
            },
            options,
            stop.Token).WaitAsync(Patience, CancellationToken.None);
        Assert.Equal(1, called);
        Assert.True(Committed(consumer, topic) < 0);
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : InPlaceRetrySuite(kafka);
}
