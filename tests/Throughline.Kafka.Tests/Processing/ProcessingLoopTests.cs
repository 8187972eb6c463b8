using System.ComponentModel;
using System.Text;
using Confluent.Kafka;
using NSubstitute;

namespace Throughline.Kafka.Tests.Processing;

/// <summary>What a processing loop makes of the client's errors.</summary>
public class ProcessingLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IConsumer<string, string> _inner = Substitute.For<IConsumer<string, string>>();
    private readonly ConsumeResult<string, string> _record = Record(1);

    [Theory]
    [InlineData(ErrorCode.UnknownTopicOrPart)]
    [InlineData(ErrorCode.Local_AllBrokersDown)]
    [InlineData(ErrorCode.Local_MaxPollExceeded)]
    public async Task Error_that_passes_does_not_end_the_loop(ErrorCode code)
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_ => throw Failure(code), _ => _record, _ => null!);
        using var consumer = _inner.WithTracing();
        using var stop = new CancellationTokenSource(Patience);
        var handled = 0;
        await consumer.ProcessAsync(
            (_, _) =>
            {
                handled++;
                return stop.CancelAsync();
            },
            stop.Token);
        Assert.Equal(1, handled);
        _inner.Received(1).StoreOffset(new TopicPartitionOffset("t", 0, 2));
        _inner.Received(1).Commit();
    }

    [Theory]
    [InlineData(ErrorCode.Local_ValueDeserialization, false)]
    [InlineData(ErrorCode.GroupAuthorizationFailed, false)]
    [InlineData(ErrorCode.FencedInstanceId, true)]
    public async Task Error_that_stays_ends_it_and_reaches_the_caller(ErrorCode code, bool isFatal)
    {
        var failure = Failure(code, isFatal);
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_ => throw failure);
        using var consumer = _inner.WithTracing();
        var thrown = await Assert.ThrowsAsync<ConsumeException>(
            () => consumer.ProcessAsync((_, _) => Task.CompletedTask).WaitAsync(Patience));
        Assert.Same(failure, thrown);
    }

    [Fact]
    public async Task Record_whose_handler_gives_up_at_the_end_is_not_stored()
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_record, (ConsumeResult<string, string>)null!);
        using var consumer = _inner.WithTracing();
        using var stop = new CancellationTokenSource();
        await consumer.ProcessAsync(
            async (_, cancellation) =>
            {
                await stop.CancelAsync();
                await Task.Delay(Patience, cancellation);
            },
            new ProcessingOptions { DrainTimeout = TimeSpan.Zero },
            stop.Token).WaitAsync(Patience);
        _inner.DidNotReceive().StoreOffset(Arg.Is<TopicPartitionOffset>(offset => offset.Topic == "t"));
        _inner.DidNotReceive().Commit();
    }

    [Fact]
    public async Task Handlers_exception_is_not_lost_to_the_last_commits()
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_record, Record(2), null!);
        _inner.Commit().Returns(_ => throw new KafkaException(ErrorCode.RebalanceInProgress));
        using var consumer = _inner.WithTracing();
        var handled = 0;
        await Assert.ThrowsAsync<FormatException>(() => consumer.ProcessAsync(
            (_, _) => ++handled == 2 ? throw new FormatException() : Task.CompletedTask).WaitAsync(Patience));
        _inner.Received(1).Commit();
    }

    [Fact]
    public async Task Commit_that_fails_in_between_is_tried_again_and_does_not_end_the_loop()
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_record, (ConsumeResult<string, string>)null!);
        var commits = 0;
        using var stop = new CancellationTokenSource(Patience);
        _inner.Commit().Returns(_ =>
        {
            if (++commits == 1)
            {
                throw new KafkaException(ErrorCode.RebalanceInProgress);
            }

            stop.Cancel();
            return [];
        });
        using var consumer = _inner.WithTracing();
        await consumer.ProcessAsync(
            (_, _) => Task.CompletedTask, new ProcessingOptions { CommitInterval = TimeSpan.FromMilliseconds(10) }, stop.Token);
        Assert.Equal(2, commits);
    }

    [Fact]
    public async Task Record_that_comes_anew_after_a_seek_is_handled_again()
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(Record(5), Record(6), Record(3), null!);
        using var consumer = _inner.WithTracing();
        using var stop = new CancellationTokenSource(Patience);
        var handled = new List<long>();
        await consumer.ProcessAsync(
            (result, _) =>
            {
                handled.Add(result.Offset);
                return result.Offset == 3 ? stop.CancelAsync() : Task.CompletedTask;
            },
            stop.Token);
        Assert.Equal(3, handled[^1]);
        _inner.Received(1).StoreOffset(new TopicPartitionOffset("t", 0, 4));
    }

    [Fact]
    public async Task Consumer_has_one_loop_at_a_time()
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns((ConsumeResult<string, string>?)null);
        using var consumer = _inner.WithTracing();
        using var stop = new CancellationTokenSource();
        var first = consumer.ProcessAsync((_, _) => Task.CompletedTask, stop.Token);
        var refused = Assert.Throws<InvalidOperationException>(() => { _ = consumer.ProcessAsync((_, _) => Task.CompletedTask); });
        Assert.Contains("being processed already", refused.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await first;
        await consumer.ProcessAsync((_, _) => Task.CompletedTask, stop.Token);
    }

    [Theory]
    [InlineData("Workers", "0")]
    [InlineData("InFlightMax", "3")]
    [InlineData("Order", "7")]
    [InlineData("DrainTimeout", "-00:00:01")]
    [InlineData("CommitInterval", "02:00:00")]
    public void Option_that_is_not_allowed_is_named(string option, string value)
    {
        var options = new ProcessingOptions { Workers = 4 };
        var property = typeof(ProcessingOptions).GetProperty(option)!;
        property.SetValue(options, TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(value));
        using var consumer = _inner.WithTracing();
        var refused = Assert.Throws<ArgumentException>(() => { _ = consumer.ProcessAsync((_, _) => Task.CompletedTask, options); });
        Assert.StartsWith($"{option} is {value}; allowed: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_by_keys_that_do_not_compare_is_refused_by_type()
    {
        using var consumer = Substitute.For<IConsumer<StringBuilder, string>>().WithTracing();
        var options = new ProcessingOptions { Workers = 4, Order = ProcessingOrder.Key };
        var refused = Assert.Throws<InvalidOperationException>(() => { _ = consumer.ProcessAsync((_, _) => Task.CompletedTask, options); });
        Assert.Contains(nameof(StringBuilder), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_stores_offsets_by_itself_is_refused_wrapped_too()
    {
        using var bare = new ConsumerBuilder<string, string>(new ConsumerConfig { BootstrapServers = "127.0.0.1:1", GroupId = "g" })
            .SetLogHandler((_, _) => { }).Build();
        using var consumer = bare.WithTracing();
        var refused = Assert.Throws<InvalidOperationException>(() => { _ = consumer.ProcessAsync((_, _) => Task.CompletedTask); });
        Assert.Contains("enable.auto.offset.store", refused.Message, StringComparison.Ordinal);
        await using var stream = consumer.ConsumeAllAsync().GetAsyncEnumerator();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.MoveNextAsync());
    }

    [Fact]
    public async Task Wrapped_client_that_leaves_offsets_to_the_application_is_taken()
    {
        using var bare = new ConsumerBuilder<string, string>(
                new ConsumerConfig { BootstrapServers = "127.0.0.1:1", GroupId = "g", EnableAutoOffsetStore = false })
            .SetLogHandler((_, _) => { }).Build();
        using var consumer = bare.WithTracing();
        using var stop = new CancellationTokenSource();
        var loop = consumer.ProcessAsync((_, _) => Task.CompletedTask, stop.Token);
        await stop.CancelAsync();
        await loop.WaitAsync(Patience);
    }

    [Fact]
    public async Task Handler_that_gives_up_by_the_applications_own_token_has_not_failed()
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_record, (ConsumeResult<string, string>)null!);
        using var consumer = _inner.WithTracing();
        using var stop = new CancellationTokenSource(Patience);
        await consumer.ProcessAsync(
            async (_, _) =>
            {
                await stop.CancelAsync();
                stop.Token.ThrowIfCancellationRequested();
            },
            new ProcessingOptions { Retry = new() },
            stop.Token).WaitAsync(Patience);
        _inner.DidNotReceive().StoreOffset(new TopicPartitionOffset("t", 0, 2));
        _inner.Received().Seek(new TopicPartitionOffset("t", 0, 1));
    }

    [Fact]
    public async Task Handler_that_fails_because_its_partition_is_lost_does_not_end_the_loop()
    {
        using var consumer = _inner.WithTracing();
        using var stop = new CancellationTokenSource(Patience);
        var begun = new ManualResetEventSlim();
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(
            _ => _record,
            _ => Lose(0),
            _ => Record(7, partition: 1),
            _ => null!);
        var handled = new List<int>();
        await consumer.ProcessAsync(
            async (result, giveUp) =>
            {
                if (result.Partition == 1)
                {
                    handled.Add(1);
                    await stop.CancelAsync();
                    return;
                }

                begun.Set();
                var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = giveUp.Register(lost.SetResult);
                await lost.Task;
                throw new FormatException("the database went away");
            },
            stop.Token).WaitAsync(Patience);
        Assert.Equal([1], handled);
        _inner.Received().StoreOffset(new TopicPartitionOffset("t", 1, 8));
        _inner.DidNotReceive().StoreOffset(new TopicPartitionOffset("t", 0, 2));

        ConsumeResult<string, string> Lose(int partition)
        {
            // Where a client tells of it: within Consume.
            Assert.True(begun.Wait(Patience));
            consumer.AssignmentListener!.Lost([new("t", partition)]);
            return null!;
        }
    }

    [Fact]
    public async Task Batch_goes_on_without_the_partition_that_was_given_away()
    {
        using var consumer = _inner.WithTracing();
        using var stop = new CancellationTokenSource(Patience);
        var begun = new ManualResetEventSlim();
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(
            _ => _record,
            _ => Record(7, partition: 1),
            _ =>
            {
                Assert.True(begun.Wait(Patience));
                consumer.AssignmentListener!.Revoked([new("t", 0)]);
                return null!;
            },
            _ => null!);
        var batches = new List<long[]>();
        await consumer.ProcessBatchesAsync(
            async (batch, giveUp) =>
            {
                batches.Add([.. batch.Select(record => record.Offset.Value)]);
                if (batch.Count == 2)
                {
                    begun.Set();
                    await Task.Delay(Timeout.Infinite, giveUp);
                }

                await stop.CancelAsync();
            },
            new BatchOptions { SizeMax = 2, WaitMax = TimeSpan.FromMinutes(1) },
            new ProcessingOptions { DrainTimeout = TimeSpan.Zero },
            stop.Token).WaitAsync(Patience);
        Assert.Equal([[1, 7], [7]], batches);
        _inner.Received().StoreOffset(new TopicPartitionOffset("t", 1, 8));
        _inner.DidNotReceive().StoreOffset(new TopicPartitionOffset("t", 0, 2));
    }

    [Fact]
    public async Task Exception_that_throws_when_it_is_read_ends_the_loop_and_not_the_worker()
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_record, (ConsumeResult<string, string>)null!);
        using var consumer = _inner.WithTracing();
        var loop = consumer.ProcessBatchesAsync((_, _) => throw new UnreadableException(), new() { WaitMax = TimeSpan.Zero });

        // Not by Assert.Throws, which reads it.
        await Task.WhenAny(loop, Task.Delay(Patience));
        Assert.True(loop.IsFaulted);
    }

    private static ConsumeResult<string, string> Record(long offset, int partition = 0) =>
        new() { Topic = "t", Partition = partition, Offset = offset, Message = new() { Value = "v" } };

    private static ConsumeException Failure(ErrorCode code, bool isFatal = false) =>
        new(new ConsumeResult<byte[], byte[]>(), new Error(code, "broken", isFatal));

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
