using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>A record's time in its topic as a row: nobody works in it, so it is no span.</summary>
internal static class TopicRows
{
    public static JourneyRow Of(Hop hop)
    {
        var begins = hop.Process.StartUnixNs;
        var sent = hop.Send?.StartUnixNs ?? begins - Math.Max(0, hop.Timing.Lag ?? 0);
        return new JourneyRow
        {
            Kind = RowKind.InTopic,
            Facts = hop.Process,
            Hop = hop,
            StartUnixNs = Math.Min(sent, begins),
            EndUnixNs = Math.Max(sent, begins),
            Flags = hop.Timing.Skew is null ? RowFlags.None : RowFlags.ClockSkew,
        };
    }

    /// <summary>Of a record that a group has not been seen to process.</summary>
    public static JourneyRow Of(SpanFacts send, Reader reader) => new()
    {
        Kind = RowKind.Unread,
        Facts = send,
        Reader = reader,
        StartUnixNs = send.StartUnixNs,
        EndUnixNs = send.StartUnixNs + send.DurationNs,
    };

    /// <summary>When its send was acknowledged; null where nobody tells.</summary>
    public static long? AcknowledgedUnixNs(Hop hop) =>
        hop.Send is { } send && send.EndUnixNs <= hop.Process.StartUnixNs ? send.EndUnixNs : null;

    /// <summary>When the client got it from its fetch; null where nobody tells.</summary>
    public static long? FetchedUnixNs(Hop hop) =>
        hop.Timing.InClient is not null && hop.Timing.Skew is null ? hop.Process.Messaging!.ReceivedUnixNs : null;
}
