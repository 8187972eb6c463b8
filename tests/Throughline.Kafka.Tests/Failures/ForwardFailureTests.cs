using System.Diagnostics;
using Confluent.Kafka;
using NSubstitute;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>Records that can neither be processed nor be sent on, or only with less.</summary>
public sealed class ForwardFailureTests(EmbeddedKafka kafka) : FailureSuite(kafka)
{
    private readonly IProducer<byte[], byte[]> _away = Substitute.For<IProducer<byte[], byte[]>>();

    [Fact]
    public async Task Nothing_is_lost_where_the_dead_letter_topic_cannot_be_reached()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = Record(topic, deadLetters);
        using var producer = Producer();
        using var bytes = BytesProducer();
        var group = KafkaFixture.Unique();
        await producer.ProduceAsync(topic, Message("good"));
        await producer.ProduceAsync(topic, Message("bad"));
        Answer(() => throw new ProduceException<byte[], byte[]>(new Error(ErrorCode.Local_MsgTimedOut, "no answer"), new()));
        using (var consumer = Consumer<string, string>([topic], group))
        {
            var options = Into(_away, deadLetters);
            options.Failures!.SendAttemptsMax = 3;
            options.Failures.SendBackoff = TimeSpan.FromMilliseconds(1);
            var thrown = await Assert.ThrowsAsync<ForwardException>(() => consumer.ProcessAsync(Handle, options).WaitAsync(Patience));
            Assert.IsType<FormatException>(thrown.Failure);
            Assert.IsType<ProduceException<byte[], byte[]>>(thrown.InnerException);
            Assert.Contains(deadLetters, thrown.Message, StringComparison.Ordinal);
            Assert.Equal(1, Committed(consumer, topic));
        }

        var spans = await recorder.WaitForAsync(3, span => span.Name == $"send {deadLetters}");
        Assert.All(spans, span => Assert.Equal("_MSG_TIMED_OUT", span.Tag("error.type")));
        var process = await recorder.WaitForAsync(span => span.Name == $"process {topic}" && span.Status == ActivityStatusCode.Error);
        Assert.Equal(("System.FormatException", null), (process.Tag("error.type"), process.Tag("throughline.process.outcome")));
        using (var consumer = Consumer<string, string>([topic], group))
        {
            await ProcessAsync(consumer, Into(bytes, deadLetters), calls: 1, (_, _) => throw new FormatException());
            Assert.Equal(2, Committed(consumer, topic));
        }

        Assert.Equal("bad"u8.ToArray(), Read(deadLetters, count: 1)[0].Message.Value);
    }

    [Fact]
    public async Task Answer_that_is_no_acknowledgement_is_a_failure()
    {
        var topic = await CreateTopicAsync();
        using var producer = Producer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message("bad"));
        Answer(() => new DeliveryResult<byte[], byte[]> { Status = PersistenceStatus.PossiblyPersisted });
        var thrown = await Assert.ThrowsAsync<ForwardException>(
            () => consumer.ProcessAsync(Handle, Into(_away, "elsewhere")).WaitAsync(Patience));
        Assert.Contains("acks", thrown.Message, StringComparison.Ordinal);
        Assert.True(Committed(consumer, topic) < 0);
    }

    [Fact]
    public async Task Stop_while_the_brokers_do_not_answer_leaves_the_record_unfinished()
    {
        var topic = await CreateTopicAsync();
        using var producer = Producer();
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message("bad"));
        using var stop = new CancellationTokenSource(Patience);
        var never = new TaskCompletionSource<DeliveryResult<byte[], byte[]>>();
        _away.ProduceAsync("elsewhere", Arg.Any<Message<byte[], byte[]>>(), Arg.Any<CancellationToken>())
            .Returns(call => never.Task.WaitAsync(call.Arg<CancellationToken>()))
            .AndDoes(_ => stop.Cancel());
        var options = Into(_away, "elsewhere");
        options.DrainTimeout = TimeSpan.Zero;
        await consumer.ProcessAsync(Handle, options, stop.Token).WaitAsync(Patience, CancellationToken.None);
        Assert.True(Committed(consumer, topic) < 0);
    }

    [Theory]
    [InlineData(5_000, "stack")]
    [InlineData(3_700, "details")]
    [InlineData(3_200, "all")]
    [InlineData(3_100, "all")]
    public async Task Record_that_its_failure_makes_too_large_says_less_of_it(int limit, string trimmed)
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = Record(topic, deadLetters);
        using var producer = Producer();
        using var small = BytesProducer(config => config.MessageMaxBytes = limit);
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message(new string('v', 3_000)));
        await ProcessAsync(consumer, Into(small, deadLetters), calls: 1, (_, _) => throw new FormatException(new string('m', 3_000)));
        Assert.Equal(1, Committed(consumer, topic));
        var letter = Read(deadLetters, count: 1)[0];
        Assert.Equal(3_000, letter.Message.Value.Length);
        Assert.Equal(trimmed, Told(letter, FailureHeaderNames.Trimmed));
        Assert.Null(Told(letter, FailureHeaderNames.FailureStackTrace));
        Assert.Equal(trimmed == "stack" ? new string('m', 512) : null, Told(letter, FailureHeaderNames.FailureMessage));
        Assert.Equal(trimmed == "all" ? null : topic, Told(letter, FailureHeaderNames.OriginalTopic));
        Assert.Equal(trimmed == "all", Told(letter, FailureHeaderNames.Origin) is null);
        Assert.Equal(limit > 3_100, Told(letter, "traceparent") is not null);
        var process = await recorder.WaitForAsync($"process {topic}");
        Assert.Equal(trimmed, process.Tag("throughline.failure.headers_trimmed"));
    }

    [Fact]
    public async Task Record_that_does_not_fit_in_any_form_is_not_lost()
    {
        var topic = await CreateTopicAsync();
        using var producer = Producer();
        using var small = BytesProducer(config => config.MessageMaxBytes = 3_000);
        using var consumer = Consumer<string, string>([topic]);
        await producer.ProduceAsync(topic, Message(new string('v', 3_000)));
        var thrown = await Assert.ThrowsAsync<ForwardException>(() => consumer.ProcessAsync(
            (_, _) => throw new FormatException(), Into(small, topic + ".dlq")).WaitAsync(Patience));
        Assert.Contains("too large", thrown.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(Committed(consumer, topic) < 0);
    }

    [Fact]
    public async Task Failure_of_a_dead_letter_ends_the_loop()
    {
        var deadLetters = await CreateTopicAsync();
        using var producer = Producer();
        using var bytes = BytesProducer();
        using var consumer = Consumer<string, string>([deadLetters]);
        await producer.ProduceAsync(deadLetters, Message("bad"));
        await Assert.ThrowsAsync<FormatException>(() => consumer.ProcessAsync(Handle, Into(bytes, deadLetters)).WaitAsync(Patience));
    }

    [Fact]
    public async Task Consumer_that_keeps_no_original_bytes_is_refused_by_name()
    {
        using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => consumer.ProcessAsync(Handle, Into(_away, "d")));
        Assert.Contains("Failures", refused.Message, StringComparison.Ordinal);
        Assert.Contains("BuildForProcessing", refused.Message, StringComparison.Ordinal);
    }

    private static Task Handle(ConsumeResult<string, string> result, CancellationToken cancellation) =>
        result.Message.Value == "bad" ? throw new FormatException("bad order") : Task.CompletedTask;

    private static ProcessingOptions Into(IProducer<byte[], byte[]> producer, string deadLetters) =>
        new() { Failures = new(producer) { DeadLetterTopic = deadLetters } };

    private void Answer(Func<DeliveryResult<byte[], byte[]>> answer) =>
        _away.ProduceAsync(Arg.Any<string>(), Arg.Any<Message<byte[], byte[]>>(), Arg.Any<CancellationToken>())
            .Returns(_ => Task.Run(answer));
}
