using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>The record that a link of a batch's span stands for.</summary>
internal readonly record struct LinkedRecord(string Topic, int Partition, long Offset)
{
    /// <summary>Null where the link names none. What it does not say itself, its span says for all of its links.</summary>
    public static LinkedRecord? Of(SpanFacts span, SpanLink link)
    {
        if (link.Offset < 0 || (link.Topic ?? span.Messaging?.Topic) is not { } topic)
        {
            return null;
        }

        return new LinkedRecord(topic, link.Partition >= 0 ? link.Partition : span.Messaging?.Partition ?? -1, link.Offset);
    }
}
