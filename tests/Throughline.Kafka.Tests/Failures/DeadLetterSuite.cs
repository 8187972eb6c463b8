using System.Diagnostics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>Records that nobody tries any more.</summary>
public abstract class DeadLetterSuite(KafkaFixture kafka) : FailureSuite(kafka)
{
    [Fact]
    public async Task Dead_letter_is_the_record_as_it_came_and_tells_why()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = Record(topic, deadLetters);
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic], group: KafkaFixture.Unique());

        // Text that is not UTF-8: as a string it has lost something.
        await bytes.ProduceAsync(topic, new() { Key = [0xc3], Value = [0xff, 0xfe, 0], Headers = [new Header("nothing", null), new Header("raw", [0xff])] });
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        await ProcessAsync(consumer, Into(bytes, deadLetters), calls: 1, (_, _) => throw new FormatException("no such order"));
        Assert.Equal(1, Committed(consumer, topic));

        var sent = Read(topic, count: 1)[0];
        var letter = Read(deadLetters, count: 1)[0];
        Assert.Equal(sent.Message.Key, letter.Message.Key);
        Assert.Equal(sent.Message.Value, letter.Message.Value);
        Assert.Null(letter.Message.Headers.Single(header => header.Key == "nothing").GetValueBytes());
        Assert.Equal([0xff], letter.Message.Headers.Single(header => header.Key == "raw").GetValueBytes());

        var told = DeadLetter.Read(letter);
        Assert.Equal((topic, 0, 0L), (told.OriginalTopic, told.OriginalPartition, told.OriginalOffset));
        Assert.Equal(sent.Message.Timestamp.UnixTimestampMs, told.OriginalTimestamp!.Value.ToUnixTimeMilliseconds());
        Assert.Equal(("System.FormatException", "no such order", 1, 0), (told.FailureType, told.FailureMessage, told.Attempts, told.Round));
        Assert.Contains(nameof(Dead_letter_is_the_record_as_it_came_and_tells_why), told.FailureStackTrace, StringComparison.Ordinal);
        Assert.InRange(told.FailedAt!.Value, before, DateTimeOffset.UtcNow);
        Assert.StartsWith(nameof(Dead_letter_is_the_record_as_it_came_and_tells_why), told.Group, StringComparison.Ordinal);

        var send = await recorder.WaitForAsync($"send {deadLetters}");
        var trace = recorder.AssertSingleTrace();
        Assert.Equal(trace.TraceId.ToHexString(), told.TraceId);
        trace.Span($"process {topic}").HasParent($"send {topic}").HasStatus(ActivityStatusCode.Error, "no such order")
            .HasTag("throughline.process.outcome", "dead_lettered").HasTag("throughline.failure.destination", deadLetters);
        trace.Span($"send {deadLetters}").HasParent($"process {topic}").HasLinks(0);
        Assert.Equal(TraceParent(send.Context), Told(letter, "traceparent"));
        Assert.Equal(TraceParent(trace.Span($"send {topic}").Span.Context), Told(letter, FailureHeaderNames.Origin));
    }

    [Fact]
    public async Task Tombstone_with_a_null_key_stays_one_also_for_deserializers_that_look_at_nothing()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var bytes = BytesProducer();
        using var consumer = Consumer<Ignore, Ignore>([topic]);
        await bytes.ProduceAsync(topic, new() { Key = null!, Value = null! });
        await bytes.ProduceAsync(topic, new() { Key = [], Value = [1] });
        await ProcessAsync(consumer, Into(bytes, deadLetters), calls: 2, (_, _) => throw new FormatException());
        var letters = Read(deadLetters, count: 2);
        Assert.Equal((null, null), (letters[0].Message.Key, letters[0].Message.Value));
        Assert.Equal([1], letters[1].Message.Value);
        Assert.Empty(letters[1].Message.Key);
    }

    [Fact]
    public async Task Record_that_cannot_be_read_has_a_span_and_is_a_dead_letter_and_the_next_is_handled()
    {
        var (topic, retry, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = Record(topic, retry, deadLetters);
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, long>([topic]);
        await bytes.ProduceAsync(topic, new() { Key = [1], Value = [1, 2, 3] });
        await bytes.ProduceAsync(topic, new() { Key = [2], Value = [0, 0, 0, 0, 0, 0, 0, 42] });
        var options = Into(bytes, deadLetters);
        options.Failures!.RetryTopics.Add(new(retry, TimeSpan.Zero));
        await ProcessAsync(consumer, options, calls: 1, (result, _) => Assert.Equal(42, result.Message.Value));
        Assert.Equal(2, Committed(consumer, topic));

        var letter = Read(deadLetters, count: 1)[0];
        Assert.Equal([1], letter.Message.Key);
        Assert.Equal([1, 2, 3], letter.Message.Value);
        Assert.Equal("System.ArgumentException", Told(letter, FailureHeaderNames.FailureType));
        Assert.Equal("0000000000", Told(letter, FailureHeaderNames.Attempts));
        var send = await recorder.WaitForAsync($"send {deadLetters}");
        var trace = recorder.Trace(send.TraceId);
        trace.AssertNoOrphans();
        trace.Span($"process {topic}").HasParent($"send {topic}").HasKind(ActivityKind.Consumer).HasLinkTo($"send {topic}")
            .HasStatus(ActivityStatusCode.Error).HasTag("error.type", "_VALUE_DESERIALIZATION")
            .HasTag("messaging.kafka.offset", 0L).HasTag("throughline.process.outcome", "dead_lettered");
        Assert.Contains("length 3", trace.Span($"process {topic}").Span.StatusDescription, StringComparison.Ordinal);
        trace.Span($"send {deadLetters}").HasParent($"process {topic}");
    }

    [Fact]
    public async Task Record_that_cannot_be_read_ends_the_loop_where_no_dead_letters_are_kept_and_its_span_says_so()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, long>([topic]);
        await bytes.ProduceAsync(topic, new() { Value = [1, 2, 3] });
        var failure = await Assert.ThrowsAsync<ConsumeException>(
            () => consumer.ProcessAsync((_, _) => Task.CompletedTask).WaitAsync(Patience));
        Assert.Equal(ErrorCode.Local_ValueDeserialization, failure.Error.Code);
        Assert.True(Committed(consumer, topic) < 0);
        await recorder.WaitForAsync($"process {topic}");
        recorder.AssertSingleTrace().Span($"process {topic}").HasParent($"send {topic}")
            .HasStatus(ActivityStatusCode.Error).HasTag("error.type", "_VALUE_DESERIALIZATION").HasNoTag("throughline.process.outcome");
    }

    [Fact]
    public async Task Failure_that_is_permanent_skips_the_retry_topics()
    {
        var (topic, retry, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([topic, retry]);
        await producer.ProduceAsync(topic, Message());
        var options = Into(bytes, deadLetters);
        options.Failures!.RetryTopics.Add(new(retry, TimeSpan.Zero));
        options.Failures.IsPermanent = failure => failure is FormatException;
        await ProcessAsync(consumer, options, calls: 1, (_, _) => throw new FormatException());
        Assert.Equal(topic, Told(Read(deadLetters, count: 1)[0], FailureHeaderNames.OriginalTopic));
    }

    private static ProcessingOptions Into(IProducer<byte[], byte[]> producer, string deadLetters) =>
        new() { Failures = new(producer) { DeadLetterTopic = deadLetters } };

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : DeadLetterSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : DeadLetterSuite(kafka);
}
