using System.Collections.Concurrent;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Processing;

/// <summary>Order, bounds, commits and rebalances of the processing loop.</summary>
public abstract class ProcessingSuite(KafkaFixture kafka) : ProcessingSuiteBase(kafka)
{
    [Theory]
    [InlineData(ProcessingOrder.Partition)]
    [InlineData(ProcessingOrder.Key)]
    public async Task Records_that_belong_together_are_handled_in_order_and_others_beside_them(ProcessingOrder order)
    {
        const int Partitions = 4;
        const int Records = 200;
        var topic = await CreateTopicAsync(Partitions);
        SendNumbered(topic, Partitions, Records, key: i => $"{i % 10}");
        using var consumer = Consumer(topic);
        using var stop = new CancellationTokenSource(Patience);
        var handled = new ConcurrentDictionary<string, ConcurrentQueue<long>>();
        var (now, most, count) = (0, 0, 0);
        await consumer.ProcessAsync(
            async (result, _) =>
            {
                var running = Interlocked.Increment(ref now);
                InterlockedMax(ref most, running);
                handled.GetOrAdd(
                    order == ProcessingOrder.Key ? $"{result.Partition} {result.Message.Key}" : $"{result.Partition}", _ => new())
                    .Enqueue(result.Offset);
                await Task.Delay(1, CancellationToken.None);
                Interlocked.Decrement(ref now);
                if (Interlocked.Increment(ref count) == Records)
                {
                    await stop.CancelAsync();
                }
            },
            new ProcessingOptions { Workers = 4, Order = order },
            stop.Token);
        Assert.Equal(Records, count);
        Assert.InRange(most, 2, 4);
        Assert.All(handled.Values, offsets => Assert.Equal(offsets.Order(), offsets));
        Assert.Equal(Enumerable.Repeat((long)Records / Partitions, Partitions), Committed(consumer, topic, Partitions));
    }

    [Fact]
    public async Task Commit_never_passes_a_record_that_is_unfinished()
    {
        var topic = await CreateTopicAsync();
        SendNumbered(topic, 1, 20);
        using var consumer = Consumer(topic);
        using var stop = new CancellationTokenSource(Patience);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = 0;
        var loop = consumer.ProcessAsync(
            async (result, _) =>
            {
                if (result.Offset == 5)
                {
                    await release.Task;
                }
                else if (Interlocked.Increment(ref others) == 19)
                {
                    await stop.CancelAsync();
                }
            },
            new ProcessingOptions { Workers = 3, Order = ProcessingOrder.None, DrainTimeout = TimeSpan.Zero },
            stop.Token);
        await loop;
        Assert.Equal(19, others);
        Assert.Equal([5], Committed(consumer, topic, 1));
        release.SetResult();
    }

    [Fact]
    public async Task What_is_in_flight_is_bounded_and_goes_on_when_there_is_room()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        SendNumbered(topic, 2, 100);
        using var consumer = Consumer(topic);
        using var stop = new CancellationTokenSource(Patience);
        using var gate = new SemaphoreSlim(0);
        var (begun, done) = (0, 0);
        var loop = consumer.ProcessAsync(
            async (_, _) =>
            {
                Interlocked.Increment(ref begun);
                await gate.WaitAsync(stop.Token);
                if (Interlocked.Increment(ref done) == 100)
                {
                    await stop.CancelAsync();
                }
            },
            new ProcessingOptions { Workers = 8, InFlightMax = 8, Order = ProcessingOrder.None },
            stop.Token);
        await UntilAsync(() => Volatile.Read(ref begun) == 8);

        // Paused, the client hands out nothing: what it has handed out is what is in flight.
        await UntilAsync(() => Positions(consumer, topic, 2) == 8);
        gate.Release(100);
        await loop;
        Assert.Equal(100, done);
        Assert.Equal([50, 50], Committed(consumer, topic, 2));
    }

    [Fact]
    public async Task Handler_that_has_begun_finishes_when_the_loop_is_stopped()
    {
        var topic = await CreateTopicAsync();
        SendNumbered(topic, 1, 10);
        using var consumer = Consumer(topic);
        using var stop = new CancellationTokenSource(Patience);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handled = 0;
        var loop = consumer.ProcessAsync(
            async (_, token) =>
            {
                begun.TrySetResult();
                await release.Task.WaitAsync(token);
                handled++;
            },
            stop.Token);
        await begun.Task;
        await stop.CancelAsync();
        release.SetResult();
        await loop;
        Assert.Equal(1, handled);
        Assert.Equal([1], Committed(consumer, topic, 1));
    }

    [Fact]
    public async Task Failure_ends_the_loop_after_the_others_have_finished()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        SendNumbered(topic, 2, 2);
        using var consumer = Consumer(topic);
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Assert.ThrowsAsync<FormatException>(() => consumer.ProcessAsync(
            async (result, _) =>
            {
                if (result.Partition == 0)
                {
                    await begun.Task;
                    failed.SetResult();
                    throw new FormatException("bad order");
                }

                begun.SetResult();
                await failed.Task;
            },
            new ProcessingOptions { Workers = 2 }).WaitAsync(Patience));
        Assert.Equal([Offset.Unset, 1], Committed(consumer, topic, 2));
    }

    [Fact]
    public async Task Loop_that_is_started_again_begins_with_what_the_last_one_left()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        SendNumbered(topic, 2, 100);
        using var consumer = Consumer(topic);
        var handled = new ConcurrentQueue<string>();
        await Assert.ThrowsAsync<FormatException>(() => consumer.ProcessAsync((result, _) =>
        {
            handled.Enqueue(result.Message.Value);
            return handled.Count == 30 ? throw new FormatException() : Task.CompletedTask;
        }).WaitAsync(Patience));
        Assert.Equal(30, handled.Count);
        using var stop = new CancellationTokenSource(Patience);
        await consumer.ProcessAsync(
            (result, _) =>
            {
                handled.Enqueue(result.Message.Value);
                return handled.Count == 101 ? stop.CancelAsync() : Task.CompletedTask;
            },
            stop.Token);
        Assert.Equal(100, handled.Distinct().Count());
        Assert.Equal(101, handled.Count);
        Assert.Equal([50, 50], Committed(consumer, topic, 2));
    }

    [Theory]
    [InlineData(PartitionAssignmentStrategy.Range)]
    [InlineData(PartitionAssignmentStrategy.CooperativeSticky)]
    public async Task Rebalance_loses_no_record_and_repeats_none_that_could_finish(PartitionAssignmentStrategy strategy)
    {
        const int Partitions = 4;
        const int Records = 400;
        var topic = await CreateTopicAsync(Partitions);
        var group = KafkaFixture.Unique();
        var handled = new ConcurrentQueue<(int Partition, long Offset)>();
        using var stop = new CancellationTokenSource(Patience);
        using var first = Member();
        var firstLoop = Process(first);
        SendNumbered(topic, Partitions, Records / 2);
        await UntilAsync(() => handled.Count > 20);
        using var second = Member();
        var secondLoop = Process(second);
        await UntilAsync(() => second.Assignment.Count > 0);
        SendNumbered(topic, Partitions, Records / 2);
        await UntilAsync(() => handled.Distinct().Count() == Records);
        await stop.CancelAsync();
        await Task.WhenAll(firstLoop, secondLoop);
        if (!Kafka.IsEmbedded)
        {
            // The embedded broker refuses commits while its group rebalances, whichever way; Kafka takes them.
            Assert.Equal(Records, handled.Count);
        }

        TracingConsumer<string, string> Member() => Consumer(topic, configure: config =>
        {
            config.GroupId = group;
            config.PartitionAssignmentStrategy = strategy;
        });

        Task Process(TracingConsumer<string, string> consumer) => consumer.ProcessAsync(
            async (result, _) =>
            {
                await Task.Delay(2, CancellationToken.None);
                handled.Enqueue((result.Partition, result.Offset));
            },
            new ProcessingOptions { Workers = 4 },
            stop.Token);
    }

    private static long Positions(TracingConsumer<string, string> consumer, string topic, int partitions) =>
        Enumerable.Range(0, partitions).Sum(i => Math.Max(0, consumer.Position(new TopicPartition(topic, i)).Value));

    private static void InterlockedMax(ref int target, int value)
    {
        for (var current = Volatile.Read(ref target); current < value; current = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, current);
        }
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : ProcessingSuite(kafka)
    {
        [Fact]
        public async Task Handler_that_takes_longer_than_the_longest_poll_interval_keeps_its_partition()
        {
            var topic = await CreateTopicAsync();
            SendNumbered(topic, 1, 2);
            using var consumer = Consumer(topic, configure: config => config.MaxPollIntervalMs = 2000);
            using var stop = new CancellationTokenSource(Patience);
            var handled = new List<long>();
            await consumer.ProcessAsync(
                async (result, _) =>
                {
                    handled.Add(result.Offset);
                    if (handled.Count == 1)
                    {
                        await Task.Delay(TimeSpan.FromSeconds(3), CancellationToken.None);
                    }
                    else
                    {
                        await stop.CancelAsync();
                    }
                },
                new ProcessingOptions { InFlightMax = 1 },
                stop.Token);
            Assert.Equal([0, 1], handled);
            Assert.Equal([2], Committed(consumer, topic, 1));
        }
    }

    public sealed class OnOneNode(OneNodeKafka kafka) : ProcessingSuite(kafka);

    public sealed class OnThreeNodes(ThreeNodeKafka kafka) : ProcessingSuite(kafka);
}
