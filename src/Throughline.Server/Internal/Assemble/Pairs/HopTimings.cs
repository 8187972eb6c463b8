using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>
/// Splits a hop's time by what is told of it. The clock of a send and that of a processing are two: what comes out
/// negative across them is skew, and no part of any sum.
/// </summary>
internal static class HopTimings
{
    private const long NsPerMs = 1_000_000;

    public static HopTiming Of(SpanFacts? send, SpanFacts processing)
    {
        var acknowledged = AcknowledgedUnixNs(send, processing);
        var received = processing.Messaging?.ReceivedUnixNs ?? -1;
        var begins = processing.StartUnixNs;
        var (basis, from) = LagFrom(send, processing);
        var earliest = EarliestUnixNs(send, basis, from);
        var skew = begins < earliest ? earliest - begins : (long?)null;
        long? lag = skew is null && from >= 0 ? Math.Max(0, begins - from) : null;

        // A fetch may well come before the producer has its acknowledgement: then there was no time in the topic.
        long? inTopic = acknowledged >= 0 && received >= earliest && skew is null && received >= 0
            ? Math.Max(0, received - acknowledged)
            : null;
        long? inClient = received >= 0 && begins >= received ? begins - received : null;

        // Only a send that was told its offset has waited for the acknowledgement.
        long? produce = send is { Messaging.Offset: >= 0 } ? send.DurationNs : null;
        return new(produce, inTopic, inClient, processing.DurationNs, lag, basis, skew);
    }

    private static long AcknowledgedUnixNs(SpanFacts? send, SpanFacts processing)
    {
        if (send is { Messaging.Offset: >= 0 })
        {
            return send.EndUnixNs;
        }

        return processing.Messaging is { IsLogAppendTime: true, RecordTimestampUnixMs: >= 0 and var ms } ? ms * NsPerMs : -1;
    }

    private static (LagBasis Basis, long UnixNs) LagFrom(SpanFacts? send, SpanFacts processing)
    {
        if (processing.Messaging is { RecordTimestampUnixMs: >= 0 and var ms } messaging)
        {
            return (messaging.IsLogAppendTime ? LagBasis.LogAppendTime : LagBasis.CreateTime, ms * NsPerMs);
        }

        return (LagBasis.SendEnd, send?.EndUnixNs ?? -1);
    }

    // What processing cannot have begun before. A producer's span ends when it learns of the acknowledgement, which may be
    // later; so there it is the span's start.
    private static long EarliestUnixNs(SpanFacts? send, LagBasis basis, long from) =>
        basis == LagBasis.SendEnd ? send?.StartUnixNs ?? -1 : from;
}
