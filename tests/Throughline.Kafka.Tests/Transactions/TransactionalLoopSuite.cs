using System.Diagnostics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Transactions;

/// <summary>Consume, process, produce in transactions: what is told of it, and what comes again.</summary>
public abstract class TransactionalLoopSuite(KafkaFixture kafka) : TransactionalSuite(kafka)
{
    [Fact]
    public async Task Records_and_their_sends_carry_the_transaction_that_commits_them_together()
    {
        var (topic, output) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = RecordTransactions(topic, output);
        await SendAsync(topic, 4);
        var sent = recorder.Spans.Where(span => span.Kind == ActivityKind.Producer).ToList();
        using var consumer = Consumer(topic);
        using var producer = TransactionalProducer();
        await RunUntilAsync(handled: 4, consumer, producer, new() { RecordsMax = 2, OpenTimeMax = Patience }, record => producer.Produce(output, Message(record.Message.Value)));

        var commits = await recorder.WaitForAsync(2, span => span.Name == "commit_transaction");
        for (var number = 1L; number <= 2; number++)
        {
            var own = recorder.Spans.Where(span => span.Tag("throughline.transaction.sequence") is long each && each == number).ToList();
            Assert.All(own, span => Assert.Equal(TransactionalId, span.Tag("throughline.transaction.id")));
            var processed = own.Where(span => span.Name == $"process {topic}").ToList();
            var sends = own.Where(span => span.Name == $"send {output}").ToList();
            Assert.Equal(processed.Select(process => process.SpanId), sends.Select(send => send.ParentSpanId));
            Assert.Equal(sent.Skip(2 * (int)(number - 1)).Take(2).Select(send => send.SpanId), processed.Select(process => process.ParentSpanId));
            Assert.All(processed, process => Assert.Null(process.Tag("throughline.transaction.attempt")));
            var commit = Assert.Single(own, span => span.Name == "commit_transaction");
            Assert.True(commit.IsRoot);
            Assert.Equal(sends.Select(send => send.SpanId), commit.Links.Select(link => link.Context.SpanId));
            var offsets = Assert.Single(own, span => span.Name == $"commit {topic}");
            Assert.Equal("transaction", offsets.Tag("throughline.commit.trigger"));
            Assert.NotNull(offsets.Tag("messaging.consumer.group.name"));
            Assert.True(offsets.IsRoot);
        }

        Assert.Equal(["0", "1", "2", "3"], CommittedValues(output));
    }

    [Fact]
    public async Task Failed_handler_aborts_its_transaction_and_its_record_comes_again_alone()
    {
        var (topic, output) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = RecordTransactions(topic, output);
        await SendAsync(topic, 4);
        using var consumer = Consumer(topic);
        using var producer = TransactionalProducer();
        var failures = 0;
        await RunUntilAsync(handled: 6, consumer, producer, new() { RecordsMax = 4, OpenTimeMax = Patience, RetryDelay = TimeSpan.Zero }, record =>
        {
            producer.Produce(output, Message(record.Message.Value));
            if (record.Message.Value == "2" && failures++ == 0)
            {
                throw new FormatException("not yet");
            }
        });

        await recorder.WaitForAsync(3, span => span.Name == "commit_transaction");
        var processed = recorder.Spans.Where(span => span.Name == $"process {topic}").ToList();
        Assert.Equal([0L, 1L, 2L, 0L, 1L, 2L, 3L], processed.Select(process => process.Tag("messaging.kafka.offset")));
        Assert.Equal([1L, 1L, 1L, 2L, 2L, 3L, 4L], processed.Select(process => process.Tag("throughline.transaction.sequence")));
        Assert.Equal([null, null, null, null, null, 2, null], processed.Select(process => process.Tag("throughline.transaction.attempt")));
        Assert.Equal("System.FormatException", processed[2].Tag("error.type"));
        var aborted = recorder.Spans.Where(span => span.Name == $"send {output}" && span.Tag("throughline.transaction.sequence") is 1L).ToList();
        var abort = Assert.Single(recorder.Spans, span => span.Name == "abort_transaction");
        Assert.True(abort.IsRoot);
        Assert.Equal(ActivityStatusCode.Unset, abort.Status);
        Assert.Equal(3, abort.Tag("throughline.transaction.sends"));
        Assert.Equal(aborted.Select(send => send.SpanId).ToHashSet(), abort.Links.Select(link => link.Context.SpanId).ToHashSet());
        if (!Kafka.IsEmbedded)
        {
            // The embedded broker keeps no list of what was aborted.
            Assert.Equal(["0", "1", "2", "3"], CommittedValues(output));
        }
    }

    [Fact]
    public async Task Record_that_always_fails_ends_the_loop_after_its_attempts_with_those_before_it_committed()
    {
        var (topic, output) = (await CreateTopicAsync(), await CreateTopicAsync());
        await SendAsync(topic, 4);
        using var consumer = Consumer(topic);
        using var producer = TransactionalProducer();
        var attempts = 0;
        Task Handle(ConsumeResult<string, string> record, CancellationToken cancellation)
        {
            producer.Produce(output, Message(record.Message.Value));
            return record.Message.Value == "2" && ++attempts > 0 ? throw new FormatException("never") : Task.CompletedTask;
        }

        var options = new TransactionOptions { AttemptsMax = 3, RetryDelay = TimeSpan.FromMilliseconds(1) };
        var thrown = await Assert.ThrowsAsync<FormatException>(
            () => consumer.ProcessTransactionsAsync(producer, Handle, options).WaitAsync(Patience));
        Assert.Equal("never", thrown.Message);
        Assert.Equal(3, attempts);

        // Another loop begins where the first one could not get past.
        var values = new List<string>();
        await RunUntilAsync(handled: 2, consumer, producer, new(), record => values.Add(record.Message.Value));
        Assert.Equal(["2", "3"], values);
        if (!Kafka.IsEmbedded)
        {
            Assert.Equal(["0", "1"], CommittedValues(output));
            Assert.Equal(4, consumer.Committed([new(topic, 0)], Patience).Single().Offset.Value);
        }
    }

    [Fact]
    public async Task Handler_that_gives_up_at_the_end_leaves_its_transaction_aborted()
    {
        var (topic, output) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = RecordTransactions(topic, output);
        await SendAsync(topic, 2);
        using var consumer = Consumer(topic);
        using var producer = TransactionalProducer();
        using var stop = new CancellationTokenSource();
        await consumer.ProcessTransactionsAsync(
            producer,
            async (record, cancellation) =>
            {
                await producer.ProduceAsync(output, Message(record.Message.Value), CancellationToken.None);
                if (record.Message.Value == "1")
                {
                    await stop.CancelAsync();
                    cancellation.ThrowIfCancellationRequested();
                }
            },
            new() { OpenTimeMax = Patience },
            stop.Token).WaitAsync(Patience);
        var abort = await recorder.WaitForAsync("abort_transaction");
        Assert.Equal(2, abort.Links.Count);
        Assert.DoesNotContain(recorder.Spans, span => span.Name == "commit_transaction");
        if (!Kafka.IsEmbedded)
        {
            Assert.Empty(CommittedValues(output));
        }
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : TransactionalLoopSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : TransactionalLoopSuite(kafka);
}
