using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Transactions;

/// <summary>A group that members join and leave in the middle of transactions, by each way of rebalancing.</summary>
public abstract class RebalancedTransactionsSuite(
    KafkaFixture kafka, GroupProtocol protocol, PartitionAssignmentStrategy? strategy) : ExactlyOnceSuite(kafka)
{
    private const int Partitions = 3;

    // Each loop, so that it has had partitions of its own, and most of the time a transaction open.
    private const int HandledMin = 60;

    [Fact]
    public async Task Output_is_exactly_once_through_failing_handlers_and_rebalances()
    {
        var (topic, output) = (await CreateTopicAsync(Partitions), await CreateTopicAsync(Partitions));
        var group = KafkaFixture.Unique();
        var (handledByFirst, handledBySecond) = (new HandledCount(), new HandledCount());
        using var stopFeeding = new CancellationTokenSource();
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        var feeding = FeedAsync(topic, handledByFirst, handledBySecond, stopFeeding.Token);
        var first = RunAsync(Group(group, protocol, strategy), topic, output, handledByFirst, new(1), stopFirst.Token);
        await await Task.WhenAny(handledByFirst.WaitForAsync(HandledMin, Patience), first, feeding);
        var second = RunAsync(Group(group, protocol, strategy), topic, output, handledBySecond, new(2), stopSecond.Token);
        await await Task.WhenAny(handledBySecond.WaitForAsync(HandledMin, Patience), first, second, feeding);

        // The first leaves the group, so that the second is given the rest: by heartbeat, which by the consumer protocol is
        // one in 5 s, and no more than what joining has shown.
        await (protocol == GroupProtocol.Classic ? stopFirst.CancelAsync() : Task.CompletedTask);
        await stopFeeding.CancelAsync();
        var records = await feeding.WaitAsync(Patience);
        await await Task.WhenAny(WaitUntilCommittedAsync(output, records, Partitions), second);
        await stopFirst.CancelAsync();
        await first.WaitAsync(Patience);
        await stopSecond.CancelAsync();
        await second.WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, records), CommittedValues(output, Partitions).Select(int.Parse).Order());
        Assert.True(handledByFirst.Failures + handledBySecond.Failures > 0);
    }

    // Few at a time: neither loop can be done with them before the other has joined.
    private async Task<int> FeedAsync(string topic, HandledCount first, HandledCount second, CancellationToken stop)
    {
        const int AheadMax = 30;
        using var producer = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        var sent = 0;
        while (!stop.IsCancellationRequested)
        {
            await producer.ProduceAsync(new TopicPartition(topic, sent % Partitions), Message($"{sent}"), CancellationToken.None);
            sent++;
            await HandledCount.WaitForAsync(sent - AheadMax, stop, first, second);
        }

        return sent;
    }

    private async Task RunAsync(
        ConsumerConfig config, string topic, string output, HandledCount handled, Random random, CancellationToken stop)
    {
        using var producer = TransactionalProducer(KafkaFixture.Unique("txn"));
        using var consumer = new TracingConsumerBuilder<string, string>(config).BuildForProcessing();
        consumer.Subscribe(topic);
        await consumer.ProcessTransactionsAsync(
            producer,
            (record, _) =>
            {
                // Before, in the middle of, and after its sends.
                var luck = random.Next(100);
                handled.FailIf(luck == 0);
                producer.Produce(output, Message(record.Message.Value));
                handled.FailIf(luck == 1);
                handled.Add();
                return Task.CompletedTask;
            },
            Options,
            stop);
        consumer.Close();
    }

    public sealed class Eager(OneNodeKafka kafka)
        : RebalancedTransactionsSuite(kafka, GroupProtocol.Classic, PartitionAssignmentStrategy.Range);

    public sealed class Cooperative(OneNodeKafka kafka)
        : RebalancedTransactionsSuite(kafka, GroupProtocol.Classic, PartitionAssignmentStrategy.CooperativeSticky);

    public sealed class ByConsumerProtocol(OneNodeKafka kafka)
        : RebalancedTransactionsSuite(kafka, GroupProtocol.Consumer, strategy: null);
}
