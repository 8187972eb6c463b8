using Confluent.Kafka;
using NSubstitute;

namespace Throughline.Kafka.Tests;

/// <summary>What a processing loop makes of the client's errors.</summary>
public class ProcessingLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IConsumer<string, string> _inner = Substitute.For<IConsumer<string, string>>();
    private readonly ConsumeResult<string, string> _record =
        new() { Topic = "t", Partition = 0, Offset = 1, Message = new() { Value = "v" } };

    [Theory]
    [InlineData(ErrorCode.UnknownTopicOrPart)]
    [InlineData(ErrorCode.Local_AllBrokersDown)]
    [InlineData(ErrorCode.Local_MaxPollExceeded)]
    public async Task Error_that_passes_does_not_end_the_loop(ErrorCode code)
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_ => throw Failure(code), _ => _record);
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
        _inner.Received(1).StoreOffset(_record);
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
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_record);
        using var consumer = _inner.WithTracing();
        using var stop = new CancellationTokenSource();
        await consumer.ProcessAsync(
            async (_, cancellation) =>
            {
                await stop.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
            },
            stop.Token).WaitAsync(Patience);
        _inner.DidNotReceive().StoreOffset(Arg.Any<ConsumeResult<string, string>>());
        _inner.DidNotReceive().Commit();
    }

    [Fact]
    public async Task Handlers_exception_is_not_lost_to_the_last_commits()
    {
        _inner.Consume(Arg.Any<TimeSpan>()).Returns(_record);
        _inner.Commit().Returns(_ => throw new KafkaException(ErrorCode.RebalanceInProgress));
        using var consumer = _inner.WithTracing();
        var handled = 0;
        await Assert.ThrowsAsync<FormatException>(() => consumer.ProcessAsync(
            (_, _) => ++handled == 2 ? throw new FormatException() : Task.CompletedTask).WaitAsync(Patience));
        _inner.Received(1).Commit();
    }

    private static ConsumeException Failure(ErrorCode code, bool isFatal = false) =>
        new(new ConsumeResult<byte[], byte[]>(), new Error(code, "broken", isFatal));
}
