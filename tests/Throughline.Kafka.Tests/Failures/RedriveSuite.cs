using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Throughline.Testing;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>Dead letters that are sent back.</summary>
public abstract class RedriveSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Fact]
    public async Task Letter_goes_back_as_the_record_it_was_in_the_trace_it_came_from()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(partitions: 2), await CreateTopicAsync());
        using var recorder = Record(topic, deadLetters);
        using var producer = BytesProducer();
        var origin = RandomContext();
        await producer.ProduceAsync(deadLetters, Letter(topic, partition: 1, [0xff, 0], [1, 2, 3], origin, ("tenant", "a"), ("tenant", "b")));
        var deadLetter = await recorder.WaitForAsync($"send {deadLetters}");

        var report = await RedriveAsync(producer, new(deadLetters));
        Assert.Equal(1, report.Sent);
        Assert.Equal(new Dictionary<string, long> { [topic] = 1 }, report.SentByTopic);
        Assert.Equal(RedriveEnd.AllSeen, report.End);

        var record = ConsumeBytes(topic);
        Assert.Equal(1, record.Partition.Value);
        Assert.Equal([0xff, 0], record.Message.Key);
        Assert.Equal([1, 2, 3], record.Message.Value);
        Assert.Equal(["tenant", "tenant", "throughline-origin", "traceparent"], record.Message.Headers.Select(header => header.Key));
        Assert.Equal(["a", "b"], HeaderValues(record.Message.Headers, "tenant"));
        Assert.Equal([TraceParent(origin)], HeaderValues(record.Message.Headers, FailureHeaderNames.Origin));

        var send = await recorder.WaitForAsync($"send {topic}");
        var trace = recorder.Trace(deadLetter.TraceId);
        trace.Span($"send {topic}").HasParent($"process {deadLetters}").HasKind(ActivityKind.Producer);
        trace.Span($"process {deadLetters}").HasParent(deadLetter).HasKind(ActivityKind.Consumer)
            .HasLinks(2).HasLinkTo(deadLetter).HasLinkTo(origin)
            .HasTag("throughline.process.outcome", "redriven").HasTag("throughline.failure.destination", topic)
            .HasTag("throughline.original.topic", topic).HasTag("throughline.original.partition", 1).HasTag("throughline.original.offset", 7)
            .HasTag("messaging.consumer.group.name", $"throughline-redrive.{deadLetters}");
        Assert.Equal([TraceParent(send.Context)], HeaderValues(record.Message.Headers, "traceparent"));
    }

    [Fact]
    public async Task Second_run_sends_nothing_twice_and_new_letters_are_its_own()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync(partitions: 2));
        using var producer = BytesProducer();
        for (var i = 0; i < 4; i++)
        {
            await producer.ProduceAsync(new TopicPartition(deadLetters, i % 2), Letter(topic, 0, null, [(byte)i]));
        }

        Assert.Equal(4, (await RedriveAsync(producer, new(deadLetters))).Sent);
        Assert.Equal(0, (await RedriveAsync(producer, new(deadLetters))).Sent);
        await producer.ProduceAsync(deadLetters, Letter(topic, 0, null, null));
        Assert.Equal(1, (await RedriveAsync(producer, new(deadLetters))).Sent);
        var records = ConsumeBytes(topic, count: 5);
        Assert.Equal([0, 1, 2, 3], records.Where(record => record.Message.Value is not null).Select(record => (int)record.Message.Value[0]).Order());
        Assert.Null(Assert.Single(records, record => record.Message.Value is null).Message.Key);
    }

    [Fact]
    public async Task Letters_that_are_not_meant_stay_for_a_later_run()
    {
        var (topic, other, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = BytesProducer();
        await producer.ProduceAsync(deadLetters, Letter(topic, 0, null, [0], failure: "System.TimeoutException"));
        await producer.ProduceAsync(deadLetters, Letter(topic, 0, null, [1], failure: "System.FormatException"));
        await producer.ProduceAsync(deadLetters, Letter(other, 0, null, [2], failure: "System.TimeoutException"));
        await producer.ProduceAsync(deadLetters, new() { Value = [3] });

        var report = await RedriveAsync(producer, new(deadLetters) { FailureType = "TimeoutException", OriginalTopic = topic });
        Assert.Equal((1, 3, 0), (report.Sent, report.PutBack, report.WithoutDestination));
        report = await RedriveAsync(producer, new(deadLetters));
        Assert.Equal((2, 0, 1), (report.Sent, report.PutBack, report.WithoutDestination));
        report = await RedriveAsync(producer, new(deadLetters) { To = other });
        Assert.Equal((1, 0, 0), (report.Sent, report.PutBack, report.WithoutDestination));
        Assert.Equal([0, 1], ConsumeBytes(topic, count: 2).Select(record => (int)record.Message.Value[0]));
        Assert.Equal([2, 3], ConsumeBytes(other, count: 2).Select(record => (int)record.Message.Value[0]));
    }

    [Fact]
    public async Task Dry_run_tells_and_changes_nothing_and_a_bound_is_kept()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = BytesProducer();
        for (var i = 0; i < 3; i++)
        {
            await producer.ProduceAsync(deadLetters, Letter(topic, 0, null, [(byte)i], failure: "System.FormatException"));
        }

        var seen = new List<DeadLetter>();
        var dry = await RedriveAsync(producer, new(deadLetters) { DryRun = true, OnLetter = (letter, _) => seen.Add(letter) });
        Assert.Equal(3, dry.Sent);
        Assert.All(seen, letter => Assert.Equal(
            (topic, 0, 7, "System.FormatException", 3, "orders-group"),
            (letter.OriginalTopic, letter.OriginalPartition, letter.OriginalOffset, letter.FailureType, letter.Attempts, letter.Group)));

        var bounded = await RedriveAsync(producer, new(deadLetters) { LettersMax = 2 });
        Assert.Equal((2, RedriveEnd.LettersMax), (bounded.Sent, bounded.End));
        Assert.Equal(1, (await RedriveAsync(producer, new(deadLetters))).Sent);
        Assert.Equal([0, 1, 2], ConsumeBytes(topic, count: 3).Select(record => (int)record.Message.Value[0]));
    }

    [Fact]
    public async Task Cancelled_run_remembers_what_it_sent()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = BytesProducer();
        for (var i = 0; i < 3; i++)
        {
            await producer.ProduceAsync(deadLetters, Letter(topic, 0, null, [(byte)i]));
        }

        using var stop = new CancellationTokenSource();
        var report = await RedriveAsync(producer, new(deadLetters) { OnLetter = (_, _) => stop.Cancel() }, stop.Token);
        Assert.Equal((1, RedriveEnd.Cancelled), (report.Sent, report.End));
        Assert.Equal(2, (await RedriveAsync(producer, new(deadLetters))).Sent);
        Assert.Equal([0, 1, 2], ConsumeBytes(topic, count: 3).Select(record => (int)record.Message.Value[0]));
    }

    [Fact]
    public async Task Letters_go_once_though_the_group_gives_the_run_up_meanwhile()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = BytesProducer();
        for (var i = 0; i < 3; i++)
        {
            await producer.ProduceAsync(deadLetters, Letter(topic, 0, null, [(byte)i]));
        }

        // While the second letter is in hand, another member is given the partition, and goes.
        var config = ConsumerConfig(group: $"throughline-redrive.{deadLetters}");
        config.SessionTimeoutMs = Kafka.IsEmbedded ? 1200 : config.SessionTimeoutMs;
        config.MaxPollIntervalMs = config.SessionTimeoutMs;
        var sent = 0;
        void TakeAway(DeadLetter letter, RedriveVerdict verdict)
        {
            if (++sent == 2)
            {
                using var other = new ConsumerBuilder<byte[], byte[]>(config).Build();
                other.Subscribe(deadLetters);
                Assert.Equal(0, ConsumeOne(other).Message.Value[0]);
                other.Close();
            }
        }

        var report = await DeadLetters.RedriveAsync(config, producer, new(deadLetters) { OnLetter = TakeAway })
            .WaitAsync(Patience);
        Assert.Equal((3, RedriveEnd.AllSeen), (report.Sent, report.End));
        Assert.Equal(0, (await RedriveAsync(producer, new(deadLetters))).Sent);
        Assert.Equal([0, 1, 2], ConsumeBytes(topic, count: 3).Select(record => (int)record.Message.Value[0]));
    }

    [Fact]
    public async Task Letter_whose_partition_is_gone_goes_by_its_key()
    {
        var (topic, deadLetters) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var producer = BytesProducer();
        await producer.ProduceAsync(deadLetters, Letter(topic, partition: 12, [1], [2]));
        Assert.Equal(1, (await RedriveAsync(producer, new(deadLetters))).Sent);
        Assert.Equal([2], ConsumeBytes(topic).Message.Value);
    }

    [Fact]
    public async Task Topic_that_is_not_there_is_named()
    {
        using var producer = BytesProducer();
        var failure = await Assert.ThrowsAsync<ConsumeException>(
            () => RedriveAsync(producer, new(KafkaFixture.Unique())));
        Assert.Equal(ErrorCode.UnknownTopicOrPart, failure.Error.Code);
    }

    private static SpanRecorder Record(string topic, string deadLetters) => SpanRecorder.Start(new SpanRecorderOptions
    {
        Sources = [KafkaInstrumentation.ActivitySourceName],
        Scope = SpanScope.Destination(topic).Or(SpanScope.Destination(deadLetters)),
        WaitTimeout = Patience,
    });

    private static Message<byte[], byte[]> Letter(
        string topic, int partition, byte[]? key, byte[]? value, ActivityContext? origin = null, params (string Name, string Value)[] own) =>
        Letter(topic, partition, key, value, "System.FormatException", origin, own);

    private static Message<byte[], byte[]> Letter(
        string topic, int partition, byte[]? key, byte[]? value, string failure, ActivityContext? origin = null, params (string Name, string Value)[] own)
    {
        var headers = new Headers();
        (string Name, string Value)[] told =
        [
            .. own,
            (FailureHeaderNames.Origin, TraceParent(origin ?? RandomContext())),
            (FailureHeaderNames.OriginalTopic, topic),
            (FailureHeaderNames.OriginalPartition, $"{partition}"),
            (FailureHeaderNames.OriginalOffset, "7"),
            (FailureHeaderNames.Attempts, "0000000003"),
            (FailureHeaderNames.Round, "0000000000"),
            (FailureHeaderNames.Group, "orders-group"),
            (FailureHeaderNames.FailureType, failure),
        ];
        foreach (var (name, text) in told)
        {
            headers.Add(name, Encoding.UTF8.GetBytes(text));
        }

        return new() { Key = key!, Value = value!, Headers = headers };
    }

    private TracingProducer<byte[], byte[]> BytesProducer() => new TracingProducerBuilder<byte[], byte[]>(ProducerConfig()).Build();

    private Task<RedriveReport> RedriveAsync(IProducer<byte[], byte[]> producer, RedriveOptions options, CancellationToken stop = default) =>
        DeadLetters.RedriveAsync(ConsumerConfig(), producer, options, stop).WaitAsync(Patience, CancellationToken.None);

    private ConsumeResult<byte[], byte[]> ConsumeBytes(string topic) => ConsumeBytes(topic, count: 1)[0];

    private List<ConsumeResult<byte[], byte[]>> ConsumeBytes(string topic, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(ConsumerConfig()).Build();
        consumer.Subscribe(topic);
        return [.. Enumerable.Range(0, count).Select(_ => ConsumeOne(consumer))];
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : RedriveSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : RedriveSuite(kafka);
}
