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
        _inner.DidNotReceive().StoreOffset(Arg.Any<TopicPartitionOffset>());
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

    private static ConsumeResult<string, string> Record(long offset) =>
        new() { Topic = "t", Partition = 0, Offset = offset, Message = new() { Value = "v" } };

    private static ConsumeException Failure(ErrorCode code, bool isFatal = false) =>
        new(new ConsumeResult<byte[], byte[]>(), new Error(code, "broken", isFatal));
}
