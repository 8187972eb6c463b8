using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Assemble.Pairs;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;

namespace Throughline.Server.Tests.Assemble;

public sealed class HopTimingTests
{
    private const long Ms = Clients.Ms;
    private const long T = 1_700_000_000_000 * Ms;

    [Fact]
    public void All_parts_are_told_where_all_is_known() => Assert.Equal(
        new HopTiming(5 * Ms, 85 * Ms, 10 * Ms, 30 * Ms, 99 * Ms, LagBasis.CreateTime, null),
        HopTimings.Of(Send(T, 5, offset: 1), Process(T + (100 * Ms), timestamp: T + Ms, received: T + (90 * Ms))));

    [Fact]
    public void A_send_that_was_not_told_its_offset_has_not_waited_for_the_acknowledgement() => Assert.Equal(
        new HopTiming(null, null, 10 * Ms, 30 * Ms, 95 * Ms, LagBasis.SendEnd, null),
        HopTimings.Of(Send(T, 5, offset: -1), Process(T + (100 * Ms), received: T + (90 * Ms))));

    [Fact]
    public void The_brokers_timestamp_stands_for_the_acknowledgement() => Assert.Equal(
        new HopTiming(null, 88 * Ms, 10 * Ms, 30 * Ms, 98 * Ms, LagBasis.LogAppendTime, null),
        HopTimings.Of(null, Process(T + (100 * Ms), timestamp: T + (2 * Ms), isLogAppendTime: true, received: T + (90 * Ms))));

    [Fact]
    public void Without_the_fetch_the_topics_time_is_not_split() => Assert.Equal(
        new HopTiming(5 * Ms, null, null, 30 * Ms, 95 * Ms, LagBasis.SendEnd, null),
        HopTimings.Of(Send(T, 5, offset: 1), Process(T + (100 * Ms))));

    [Fact]
    public void A_record_that_is_processed_before_its_acknowledgement_arrives_has_no_lag_and_no_skew() => Assert.Equal(
        new HopTiming(50 * Ms, 0, 1 * Ms, 30 * Ms, 0, LagBasis.SendEnd, null),
        HopTimings.Of(Send(T, 50, offset: 1), Process(T + (20 * Ms), received: T + (19 * Ms))));

    [Fact]
    public void A_record_that_is_processed_before_it_was_sent_is_skew_and_no_lag() => Assert.Equal(
        new HopTiming(5 * Ms, null, 1 * Ms, 30 * Ms, null, LagBasis.SendEnd, 200 * Ms),
        HopTimings.Of(Send(T, 5, offset: 1), Process(T - (200 * Ms), received: T - (201 * Ms))));

    [Fact]
    public void Skew_is_measured_from_the_timestamp_where_there_is_one() => Assert.Equal(
        (null, 7 * Ms),
        (HopTimings.Of(Send(T, 5, offset: 1), Process(T, timestamp: T + (7 * Ms))) is var timing ? timing.Lag : 0, timing.Skew));

    private static SpanFacts Send(long start, long ms, long offset) => Span(
        start, ms, SpanKind.Producer, new() { System = "kafka", Operation = MessagingOperation.Send, Topic = "orders", Partition = 0, Offset = offset });

    private static SpanFacts Process(long start, long timestamp = -1, bool isLogAppendTime = false, long received = -1) => Span(
        start, 30, SpanKind.Consumer, new()
        {
            System = "kafka",
            Operation = MessagingOperation.Process,
            Topic = "orders",
            RecordTimestampUnixMs = timestamp < 0 ? -1 : timestamp / Ms,
            IsLogAppendTime = isLogAppendTime,
            ReceivedUnixNs = received,
        });

    private static SpanFacts Span(long start, long ms, SpanKind kind, MessagingFacts messaging) => new()
    {
        TraceId = new(1, 1),
        SpanId = (ulong)kind,
        Kind = kind,
        Name = "span",
        Source = Sources.Of("service", "scope", null),
        StartUnixNs = start,
        EndUnixNs = start + (ms * Ms),
        Messaging = messaging,
    };
}
