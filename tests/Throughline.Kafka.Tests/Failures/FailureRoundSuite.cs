using System.Diagnostics;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>The whole way of a record that fails: retried after a delay, dead, sent back, processed.</summary>
public abstract class FailureRoundSuite(KafkaFixture kafka) : FailureSuite(kafka)
{
    [Fact]
    public async Task Record_waits_and_is_tried_again_in_its_trace()
    {
        var (topic, retry) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = Record(topic, retry);
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic, retry]);
        await producer.ProduceAsync(topic, Message("v", ("tenant", "a")));
        var delay = TimeSpan.FromMilliseconds(300);
        var routing = new FailureRouting(bytes) { RetryTopics = { new(retry, delay) } };
        var topics = new List<string>();
        await ProcessAsync(consumer, new() { Failures = routing }, calls: 2, (result, call) =>
        {
            topics.Add(result.Topic);
            Assert.Equal(("key", "v"), (result.Message.Key, result.Message.Value));
            if (call == 1)
            {
                throw new TimeoutException("no answer");
            }
        });
        Assert.Equal([topic, retry], topics);
        Assert.Equal(1, Committed(consumer, topic));
        Assert.Equal(1, Committed(consumer, retry));

        await recorder.WaitForAsync($"process {retry}");
        var trace = recorder.AssertSingleTrace();
        trace.AssertNoOrphans();
        trace.Span($"process {topic}").HasParent($"send {topic}").HasStatus(ActivityStatusCode.Error, "no answer")
            .HasTag("error.type", "System.TimeoutException")
            .HasTag("throughline.process.outcome", "retry_scheduled").HasTag("throughline.failure.destination", retry);
        trace.Span($"send {retry}").HasParent($"process {topic}").HasKind(ActivityKind.Producer).HasLinks(0);
        trace.Span($"process {retry}").HasParent($"send {retry}").HasKind(ActivityKind.Consumer)
            .HasLinks(2).HasLinkTo($"send {retry}").HasLinkTo($"send {topic}").HasStatus(ActivityStatusCode.Unset)
            .HasTag("throughline.retry.round", 1).HasTag("throughline.original.topic", topic)
            .HasTag("throughline.original.partition", 0).HasTag("throughline.original.offset", 0L);

        var record = Read(retry, count: 1)[0];
        Assert.Equal("a", Told(record, "tenant"));
        Assert.Equal("0000000001", Told(record, FailureHeaderNames.Attempts));
        Assert.Equal("0000000001", Told(record, FailureHeaderNames.Round));
        Assert.Equal("System.TimeoutException", Told(record, FailureHeaderNames.FailureType));
        Assert.Equal("no answer", Told(record, FailureHeaderNames.FailureMessage));
        var notBefore = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Told(record, FailureHeaderNames.NotBefore)!));
        Assert.InRange(trace.Span($"process {retry}").Span.Start, notBefore, DateTimeOffset.MaxValue);
        Assert.InRange(
            notBefore, trace.Span($"process {topic}").Span.Start + delay - TimeSpan.FromMilliseconds(1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Dead_letter_goes_back_and_is_processed_in_the_trace_of_its_origin()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = Record(topic, deadLetters);
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message());
        await ProcessAsync(consumer, new() { Failures = new(bytes) { DeadLetterTopic = deadLetters } }, calls: 1, (_, _) => throw new FormatException());
        Assert.Equal(1, (await DeadLetters.RedriveAsync(
            ConsumerConfig(), bytes, new(deadLetters) { Tracing = new() { CommitSpans = false } }).WaitAsync(Patience)).Sent);
        await ProcessAsync(consumer, new() { Failures = new(bytes) { DeadLetterTopic = deadLetters } }, calls: 1, (result, _) => Assert.Equal("value", result.Message.Value));
        var spans = await recorder.WaitForAsync(2, span => span.Name == $"process {topic}");
        var trace = recorder.AssertSingleTrace();
        trace.AssertNoOrphans();
        var origin = Assert.Single(trace.Spans, span => span.Name == $"send {topic}" && span.IsRoot);
        Assert.Contains(spans[1].Links, link => link.Context.SpanId == origin.SpanId);
        Assert.Equal(
            [$"send {topic}", $"process {topic}", $"send {deadLetters}", $"process {deadLetters}", $"send {topic}", $"process {topic}"],
            trace.Spans.OrderBy(span => span.Start).Select(span => span.Name));
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : FailureRoundSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : FailureRoundSuite(kafka);

    public sealed class OnThreeNodes(ThreeNodeKafka kafka) : FailureRoundSuite(kafka);
}
