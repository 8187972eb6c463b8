using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Transactions;

/// <summary>Transactions that the brokers shut out: of a replaced producer, of a generation that is over.</summary>
public sealed class FencedTransactionsTests(OneNodeKafka kafka) : ExactlyOnceSuite(kafka)
{
    [Fact]
    public async Task Output_is_exactly_once_when_another_producer_takes_the_place()
    {
        const int Records = 300;
        var (topic, output) = (await CreateTopicAsync(), await CreateTopicAsync());
        await SendAsync(topic, Records);
        var group = KafkaFixture.Unique();
        using var zombie = TransactionalProducer();
        using var consumer = Consumer(topic, configure: config => config.GroupId = group);
        var isStuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isReleased = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stuck = consumer.ProcessTransactionsAsync(
            zombie,
            async (record, _) =>
            {
                await zombie.ProduceAsync(output, Message(record.Message.Value), CancellationToken.None);
                if (record.Offset == Records / 2)
                {
                    isStuck.SetResult();
                    await isReleased.Task;
                }
            },
            Options);
        await isStuck.Task.WaitAsync(Patience);

        // The one that takes its place aborts what it had open, and shuts it out.
        using var successor = TransactionalProducer();
        successor.InitTransactions(Patience);
        isReleased.SetResult();
        var shutOut = await Assert.ThrowsAnyAsync<KafkaException>(() => stuck.WaitAsync(Patience));
        Assert.True(shutOut.Error.IsFatal, shutOut.Error.ToString());

        // The very same consumer goes on where the commits are.
        using var stop = new CancellationTokenSource();
        var succeeding = consumer.ProcessTransactionsAsync(
            successor, (record, _) => successor.ProduceAsync(output, Message(record.Message.Value), CancellationToken.None), Options, stop.Token);
        await WaitUntilCommittedAsync(output, Records);
        await stop.CancelAsync();
        await succeeding.WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, Records), CommittedValues(output).Select(int.Parse));
    }

    [Fact]
    public async Task Output_is_exactly_once_where_nobody_tells_of_a_rebalance()
    {
        const int Records = 40;
        var (topic, output) = (await CreateTopicAsync(2), await CreateTopicAsync());
        Fill(topic, Records, partitions: 2);
        var group = KafkaFixture.Unique();
        var time = new HastyTime();
        using var recorder = RecordTransactions(topic, output);
        using var producer = TransactionalProducer();
        var config = Group(group);
        config.EnableAutoOffsetStore = false;
        using var consumer = new ConsumerBuilder<string, string>(config).Build()
            .WithTracing(options: new() { TimeProvider = time });
        using var other = new ConsumerBuilder<string, string>(Group(group)).Build();
        consumer.Subscribe(topic);
        using var stop = new CancellationTokenSource();
        var isOpen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = consumer.ProcessTransactionsAsync(
            producer,
            (record, _) =>
            {
                producer.Produce(output, Message(record.Message.Value));
                isOpen.TrySetResult();
                return Task.CompletedTask;
            },
            new() { OpenTimeMax = TimeSpan.FromHours(1), RecordsMax = Records * 2, RetryDelay = TimeSpan.Zero },
            stop.Token);
        await isOpen.Task.WaitAsync(Patience);

        // Another member takes a partition in the middle of the transaction, and leaves.
        other.Subscribe(topic);
        await Task.Run(() =>
        {
            for (var limit = DateTime.UtcNow + Patience; other.Assignment.Count == 0 && DateTime.UtcNow < limit;)
            {
                other.Consume(TimeSpan.FromMilliseconds(50));
            }
        });
        Assert.NotEmpty(other.Assignment);
        other.Close();
        time.Hasten();
        await WaitUntilCommittedAsync(output, Records);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, Records), CommittedValues(output).Select(int.Parse).Order());
        Assert.Contains(recorder.Spans, span => span.Name == "abort_transaction");
        Assert.Contains(recorder.Spans, span => span.Tag("error.type") is "ILLEGAL_GENERATION" or "UNKNOWN_MEMBER_ID" or "REBALANCE_IN_PROGRESS");
    }
}
