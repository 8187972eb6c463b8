using System.Diagnostics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>Records of a batch that fail go the way of others, each in its own trace.</summary>
public abstract class BatchFailureSuite(KafkaFixture kafka) : FailureSuite(kafka)
{
    [Theory]
    [InlineData(BatchSpans.OneWithLinks)]
    [InlineData(BatchSpans.PerRecord)]
    public async Task Records_that_a_batch_names_are_dead_lettered_in_their_traces_and_the_others_committed(BatchSpans spans)
    {
        var topic = await CreateTopicAsync();
        var deadLetters = await CreateTopicAsync();
        using var recorder = Record(topic, deadLetters);
        using var producer = BytesProducer();
        for (var i = 0; i < 5; i++)
        {
            await producer.ProduceAsync(topic, new Message<byte[], byte[]> { Key = [(byte)i], Value = [1, 2, (byte)i] });
        }

        using var consumer = Consumer<byte[], byte[]>([topic]);
        using var stop = new CancellationTokenSource(Patience);
        await consumer.ProcessBatchesAsync(
            async (batch, _) =>
            {
                Assert.Equal(5, batch.Count);
                foreach (var record in batch)
                {
                    using var scope = spans == BatchSpans.PerRecord ? batch.StartProcess(record) : null;
                    if (record.Offset == 3)
                    {
                        batch.Fail(record, new FormatException("bad order"));
                    }
                }

                await stop.CancelAsync();
            },
            new BatchOptions { SizeMax = 5, WaitMax = TimeSpan.FromMinutes(1), Spans = spans },
            new ProcessingOptions { Failures = new(producer) { DeadLetterTopic = deadLetters } },
            stop.Token);
        Assert.Equal(5, Committed(consumer, topic));
        var letter = Assert.Single(Read(deadLetters, 1));
        Assert.Equal([3], letter.Message.Key);
        Assert.Equal([1, 2, 3], letter.Message.Value);
        Assert.Equal("3", Told(letter, FailureHeaderNames.OriginalOffset));

        var forward = await recorder.WaitForAsync($"send {deadLetters}");
        var process = await recorder.WaitForAsync(span => span.SpanId == forward.ParentSpanId);
        Assert.Equal($"process {topic}", process.Name);
        Assert.Equal(ActivityStatusCode.Error, process.Status);
        Assert.Equal("bad order", process.StatusDescription);
        Assert.Equal(3L, process.Tag("messaging.kafka.offset"));
        Assert.Contains(recorder.Spans, span => span.Name == $"send {topic}" && span.SpanId == process.ParentSpanId);
    }

    [Fact]
    public async Task Batch_that_throws_is_attempted_again_before_it_fails()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = BytesProducer();
        await producer.ProduceAsync(topic, new Message<byte[], byte[]> { Value = [1] });
        using var consumer = Consumer<byte[], byte[]>([topic]);
        using var stop = new CancellationTokenSource(Patience);
        var calls = 0;
        await consumer.ProcessBatchesAsync(
            (_, _) => ++calls == 1 ? throw new FormatException("not yet") : stop.CancelAsync(),
            options: new ProcessingOptions { Retry = new() { BackoffInitial = TimeSpan.FromMilliseconds(1) } },
            cancellationToken: stop.Token);
        Assert.Equal(2, calls);
        var span = await recorder.WaitForAsync($"process {topic}");
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal("not yet", Assert.Single(span.Events).Tags["exception.message"]);
        Assert.Equal(1, Committed(consumer, topic));
    }

    [Fact]
    public async Task Record_that_cannot_be_read_does_not_reach_a_batch_and_is_dead_lettered()
    {
        var topic = await CreateTopicAsync();
        var deadLetters = await CreateTopicAsync();
        using var recorder = Record(topic, deadLetters);
        using var producer = BytesProducer();
        await producer.ProduceAsync(topic, new Message<byte[], byte[]> { Value = [1, 2, 3] });
        await producer.ProduceAsync(topic, new Message<byte[], byte[]> { Value = new byte[8] });
        using var consumer = Consumer<Null, long>([topic]);
        using var stop = new CancellationTokenSource(Patience);
        await consumer.ProcessBatchesAsync(
            (batch, _) =>
            {
                Assert.Equal(1, Assert.Single(batch).Offset.Value);
                return stop.CancelAsync();
            },
            options: new ProcessingOptions { Failures = new(producer) { DeadLetterTopic = deadLetters } },
            cancellationToken: stop.Token);
        Assert.Equal([1, 2, 3], Assert.Single(Read(deadLetters, 1)).Message.Value);
        Assert.Equal(2, Committed(consumer, topic));
        var failed = await recorder.WaitForAsync(span => span.Status == ActivityStatusCode.Error);
        Assert.Equal($"process {topic}", failed.Name);
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : BatchFailureSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : BatchFailureSuite(kafka);
}
