using Confluent.Kafka;
using NSubstitute;
using Throughline.Kafka.Internal.Processing;

namespace Throughline.Kafka.Tests.Processing;

/// <summary>What is paused when too much is in flight, and that it goes on.</summary>
public sealed class BackPressureTests : IDisposable
{
    private const int InFlightMax = 4;

    private static readonly TopicPartition First = new("t", 0);
    private static readonly TopicPartition Second = new("t", 1);

    private readonly IConsumer<string, string> _inner = Substitute.For<IConsumer<string, string>>();
    private readonly TracingConsumer<string, string> _consumer;
    private readonly Partitions<string, string> _partitions = new();
    private readonly List<TopicPartition> _assignment = [First];
    private readonly BackPressure<string, string> _pressure;
    private long _offset;

    public BackPressureTests()
    {
        _consumer = _inner.WithTracing();
        _pressure = new(() => _assignment, _partitions, new(_consumer), InFlightMax, TimeProvider.System);
    }

    public void Dispose() => _consumer.Dispose();

    [Fact]
    public void What_is_assigned_while_all_is_paused_is_paused_too_and_everything_goes_on_later()
    {
        Fill();
        _inner.Received(1).Pause(Only(First));
        _assignment.Add(Second);
        _pressure.AssignmentChanged();
        Finish(1);
        _pressure.Apply(After(1));
        _inner.Received(1).Pause(Only(Second));
        _inner.DidNotReceive().Resume(Arg.Any<IEnumerable<TopicPartition>>());

        Finish(1);
        _pressure.Apply(After(1));
        _inner.Received(1).Resume(Only(First));
        _inner.Received(1).Resume(Only(Second));
    }

    [Fact]
    public void Record_that_comes_although_all_is_paused_has_its_partition_paused_again()
    {
        Fill();
        Take(First);
        _inner.Received(2).Pause(Only(First));
    }

    [Fact]
    public void Fullness_that_passes_pauses_nothing()
    {
        Take(First, InFlightMax);
        _pressure.Apply(After(0));
        Assert.False(_pressure.MayPoll);
        Finish(1);
        _pressure.Apply(After(1));
        Assert.True(_pressure.MayPoll);
        _inner.DidNotReceive().Pause(Arg.Any<IEnumerable<TopicPartition>>());
    }

    private static IEnumerable<TopicPartition> Only(TopicPartition place) =>
        Arg.Is<IEnumerable<TopicPartition>>(places => places.SequenceEqual(new[] { place }));

    private static long After(int seconds) => TimeProvider.System.TimestampFrequency * seconds;

    private void Fill()
    {
        Take(First, InFlightMax);
        _pressure.Apply(After(0));
        _pressure.Apply(After(1));
    }

    private void Take(TopicPartition place, int records = 1)
    {
        for (var i = 0; i < records; i++)
        {
            var partition = _partitions.Of(place);
            partition.Take(new() { TopicPartitionOffset = new(place, _offset++), Message = new() }, original: null, nowTimestamp: 0);
            _pressure.Taken(partition);
        }
    }

    private void Finish(int records) => _pressure.Finished(_partitions.Of(First), records);
}
