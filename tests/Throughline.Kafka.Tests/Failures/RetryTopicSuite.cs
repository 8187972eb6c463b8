using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>Records that wait in retry topics for their next attempt.</summary>
public abstract class RetryTopicSuite(KafkaFixture kafka) : FailureSuite(kafka)
{
    [Fact]
    public async Task Other_records_go_on_while_one_waits()
    {
        var (topic, retry) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic, retry]);
        for (var i = 0; i < 3; i++)
        {
            await producer.ProduceAsync(topic, Message($"{i}"));
        }

        var routing = new FailureRouting(bytes) { RetryTopics = { new(retry, TimeSpan.FromMilliseconds(500)) } };
        var order = new List<string>();
        await ProcessAsync(consumer, new() { Failures = routing }, calls: 4, (result, call) =>
        {
            order.Add(result.Message.Value);
            if (call == 1)
            {
                throw new TimeoutException();
            }
        });
        Assert.Equal(["0", "1", "2", "0"], order);
    }

    [Fact]
    public async Task Headers_do_not_grow_in_fifty_rounds_and_then_it_is_a_dead_letter()
    {
        const int Rounds = 50;
        var (topic, retry, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = Record(topic, retry, deadLetters);
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic, retry]);
        await producer.ProduceAsync(topic, Message("v", ("tenant", "a"), ("tenant", "b")));
        var routing = new FailureRouting(bytes) { DeadLetterTopic = deadLetters };
        for (var i = 0; i < Rounds; i++)
        {
            routing.RetryTopics.Add(new(retry, TimeSpan.Zero));
        }

        var contexts = new List<ActivityContext>();
        await ProcessAsync(consumer, new() { Failures = routing }, calls: Rounds + 1, (_, _) =>
        {
            contexts.Add(Activity.Current!.Context);
            throw new TimeoutException("no answer");
        });
        var records = Read(retry, Rounds);
        Assert.Single(records.Select(record => SizeOf(record.Message.Headers)).Distinct());
        Assert.Single(records.Select(record => string.Join(' ', record.Message.Headers.Select(header => header.Key))).Distinct());
        Assert.Equal(Enumerable.Range(1, Rounds).Select(round => $"{round:D10}"), records.Select(record => Told(record, FailureHeaderNames.Round)));
        Assert.Equal("0000000051", Told(Read(deadLetters, count: 1)[0], FailureHeaderNames.Attempts));
        var send = await recorder.WaitForAsync($"send {topic}");
        Assert.All(records, record => Assert.Equal(TraceParent(send.Context), Told(record, FailureHeaderNames.Origin)));
        Assert.All(contexts, context => Assert.Equal(send.TraceId, context.TraceId));
    }

    [Fact]
    public async Task Headers_that_an_application_has_copied_from_another_record_are_not_believed()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message(
            "v",
            (FailureHeaderNames.OriginalTopic, "elsewhere"),
            (FailureHeaderNames.Round, "0000000007"),
            (FailureHeaderNames.Attempts, "0000000009"),
            (FailureHeaderNames.FailureStackTrace, "old")));
        var routing = new FailureRouting(bytes) { DeadLetterTopic = deadLetters, StackTraceBytesMax = 0 };
        await ProcessAsync(consumer, new() { Failures = routing }, calls: 1, (_, _) => throw new TimeoutException());
        var letter = Read(deadLetters, count: 1)[0];
        Assert.Equal(topic, Told(letter, FailureHeaderNames.OriginalTopic));
        Assert.Equal("0000000000", Told(letter, FailureHeaderNames.Round));
        Assert.Equal("0000000001", Told(letter, FailureHeaderNames.Attempts));
        Assert.Null(Told(letter, FailureHeaderNames.FailureStackTrace));
    }

    private static int SizeOf(Headers headers) => headers
        .Where(header => header.Key != FailureHeaderNames.FailureStackTrace)
        .Sum(header => Encoding.UTF8.GetByteCount(header.Key) + header.GetValueBytes().Length);

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : RetryTopicSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : RetryTopicSuite(kafka);
}
