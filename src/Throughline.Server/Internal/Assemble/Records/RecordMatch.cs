using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Records;

/// <summary>
/// Whether a send can be the one of a record that carries its context. Contexts get copied from record to record, and then
/// belong to another one.
/// </summary>
internal static class RecordMatch
{
    public static bool Fits(SpanFacts send, SpanFacts processing, in Reference reference)
    {
        var sent = send.Messaging!;
        if (IsMirrored(send, processing, reference))
        {
            return true;
        }

        if (sent.Topic is not null && reference.Topic is not null && sent.Topic != reference.Topic)
        {
            return false;
        }

        if (sent.Partition >= 0 && reference.Partition >= 0 && sent.Partition != reference.Partition)
        {
            return false;
        }

        return sent.Offset < 0 || reference.Offset < 0 || sent.Offset == reference.Offset;
    }

    /// <summary>The place where a failed record began its way through retry topics: its context is the origin's, not the record's.</summary>
    public static bool IsOriginOf(SpanFacts send, SpanFacts processing)
    {
        var (sent, processed) = (send.Messaging!, processing.Messaging!);
        return processed.OriginalTopic is not null
            && processed.OriginalTopic == sent.Topic
            && (sent.Offset < 0 || (sent.Offset == processed.OriginalOffset && sent.Partition == processed.OriginalPartition));
    }

    // Mirrors (MirrorMaker) copy records with all their headers into another cluster, by default into a topic that is
    // named after the first cluster: eu.orders. That is the record's way, not a mistake.
    private static bool IsMirrored(SpanFacts send, SpanFacts processing, in Reference reference) =>
        send.Messaging?.Topic is { } from && reference.Topic is { } to
        && (from == to
            ? ClusterScope.Differs(send, processing)
            : to.Length > from.Length && to[^(from.Length + 1)] == '.' && to.EndsWith(from, StringComparison.Ordinal));
}
