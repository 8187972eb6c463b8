using System.Diagnostics;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Records;

/// <summary>One record, several groups; one handler, several records.</summary>
public abstract class FanOutSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Fact]
    public async Task Record_of_three_groups_is_processed_under_its_one_send_by_each()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        await producer.ProduceAsync(topic, Message());
        for (var group = 1; group <= 3; group++)
        {
            using var consumer = Consumer(topic, configure: config => config.GroupId = $"{topic}-{group}");
            using (consumer.StartProcess(ConsumeOne(consumer)))
            {
            }
        }

        var processed = await recorder.WaitForAsync(3, span => span.Kind == ActivityKind.Consumer);
        var trace = recorder.AssertSingleTrace().HasSpans(4);
        var send = trace.Span($"send {topic}").Span;
        Assert.All(processed, process => Assert.Equal(send.SpanId, process.ParentSpanId));
        Assert.All(processed, process => Assert.Equal(send.SpanId, Assert.Single(process.Links).Context.SpanId));
        Assert.Equal(
            [$"{topic}-1", $"{topic}-2", $"{topic}-3"],
            processed.Select(process => process.Tag("messaging.consumer.group.name")));
    }

    [Fact]
    public async Task Handler_that_sends_many_records_is_the_parent_of_each_and_each_of_its_processing()
    {
        const int Count = 5;
        var (topic, output) = (await CreateTopicAsync(), await CreateTopicAsync(partitions: 2));
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic);
        using var next = Consumer(output, configure: config => config.GroupId += "-next");
        await producer.ProduceAsync(topic, Message());
        using (consumer.StartProcess(ConsumeOne(consumer)))
        {
            // At once, and by both ways of sending.
            var sending = Enumerable.Range(0, Count - 1).Select(number => producer.ProduceAsync(output, Message($"{number}")));
            producer.Produce(output, Message("last"));
            await Task.WhenAll(sending);
            producer.Flush(Patience);
        }

        var received = new List<string>();
        for (var number = 0; number < Count; number++)
        {
            var result = ConsumeOne(next);
            received.Add(HeaderValues(result.Message.Headers, "traceparent").Single());
            using (next.StartProcess(result))
            {
            }
        }

        await recorder.WaitForAsync(Count, span => span.Name == $"process {output}");
        var trace = recorder.AssertSingleTrace().HasSpans(2 + (2 * Count)).AssertNoOrphans();
        var handler = trace.Span($"process {topic}").HasParent($"send {topic}").Span;
        var sends = trace.Spans.Where(span => span.Name == $"send {output}").ToList();
        Assert.All(sends, send => Assert.Equal(handler.SpanId, send.ParentSpanId));
        Assert.Equal(sends.Select(send => TraceParent(send.Context)).ToHashSet(), received.ToHashSet());
        var processed = trace.Spans.Where(span => span.Name == $"process {output}").ToList();
        Assert.Equal(sends.Select(send => send.SpanId).ToHashSet(), processed.Select(process => process.ParentSpanId).ToHashSet());
        Assert.All(processed, process => Assert.Equal(process.ParentSpanId, Assert.Single(process.Links).Context.SpanId));
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : FanOutSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : FanOutSuite(kafka);
}
