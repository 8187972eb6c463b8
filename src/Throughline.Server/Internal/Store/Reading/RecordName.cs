using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Reading;

/// <summary>A record of whatever cluster.</summary>
internal sealed record RecordName(string Topic, int Partition, long Offset)
{
    /// <summary>Whether a span is about the record: it names it itself, or one of its links does.</summary>
    public bool IsNamedBy(SpanFacts span) =>
        (span.Messaging is { } messaging && messaging.Topic == Topic && messaging.Partition == Partition && messaging.Offset == Offset)
        || span.Links.Any(link => LinkedRecord.Of(span, link) is { } record
            && record.Topic == Topic && record.Partition == Partition && record.Offset == Offset);
}
