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
        _pressure = Pressure(workers: 1, InFlightMax);
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

    [Fact]
    public void Client_is_asked_again_when_there_is_room_for_several_records()
    {
        var pressure = Pressure(workers: 1, inFlightMax: 100);
        Take(pressure, First, 100);
        pressure.Apply(After(0));
        Assert.Equal(24, pressure.RoomWanted);
        pressure.Finished(_partitions.Of(First), 23);
        pressure.Apply(After(0));
        Assert.False(pressure.MayPoll);
        Assert.Equal(1, pressure.RoomWanted);

        pressure.Finished(_partitions.Of(First), 1);
        pressure.Apply(After(0));
        Assert.True(pressure.MayPoll);
    }

    [Fact]
    public void Client_is_asked_again_after_a_moment_for_whatever_room_there_is()
    {
        var pressure = Pressure(workers: 1, inFlightMax: 100);
        Take(pressure, First, 100);
        pressure.Apply(After(0));
        pressure.Finished(_partitions.Of(First), 1);
        pressure.Apply(TimeProvider.System.TimestampFrequency / 10);
        Assert.True(pressure.MayPoll);
    }

    [Fact]
    public void Partition_with_more_than_its_share_is_paused_when_that_does_not_pass()
    {
        var pressure = Pressure(workers: 2, inFlightMax: 100);
        Take(pressure, Second, 1);
        Take(pressure, First, 36);
        pressure.Apply(After(0));
        Assert.True(pressure.MayPoll);
        Take(pressure, First, 1);
        pressure.Apply(After(0));
        Assert.False(pressure.MayPoll);
        _inner.DidNotReceive().Pause(Arg.Any<IEnumerable<TopicPartition>>());

        pressure.Apply(After(1));
        Assert.True(pressure.MayPoll);
        _inner.Received(1).Pause(Only(First));
        _inner.DidNotReceive().Pause(Only(Second));
    }

    [Fact]
    public void Batch_that_waits_to_be_full_may_have_all_that_falls_to_its_partition()
    {
        var pressure = Pressure(workers: 2, inFlightMax: 100, new Take(50, TimeSpan.FromMinutes(1)));
        Take(pressure, Second, 1);
        Take(pressure, First, 49);
        pressure.Apply(After(0));
        Assert.True(pressure.MayPoll);
        Take(pressure, First, 1);
        Assert.False(pressure.MayPoll);
    }

    [Fact]
    public void With_one_worker_a_partition_has_no_share()
    {
        var pressure = Pressure(workers: 1, inFlightMax: 100);
        Take(pressure, Second, 1);
        Take(pressure, First, 98);
        pressure.Apply(After(0));
        pressure.Apply(After(1));
        Assert.True(pressure.MayPoll);
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

    private BackPressure<string, string> Pressure(int workers, int inFlightMax, Take? take = null)
    {
        var limits = ProcessingLimits.Of(new() { Workers = workers, InFlightMax = inFlightMax });
        return new(() => _assignment, _partitions, new(_consumer), limits, take ?? Internal.Processing.Take.One, TimeProvider.System);
    }

    private void Take(TopicPartition place, int records = 1) => Take(_pressure, place, records);

    private void Take(BackPressure<string, string> pressure, TopicPartition place, int records)
    {
        for (var i = 0; i < records; i++)
        {
            var partition = _partitions.Of(place);
            partition.Take(new() { TopicPartitionOffset = new(place, _offset++), Message = new() }, original: null, nowTimestamp: 0);
            pressure.Taken(partition);
        }
    }

    private void Finish(int records) => _pressure.Finished(_partitions.Of(First), records);
}
