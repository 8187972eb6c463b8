using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Records;

/// <summary>
/// Reads a processing span's references. A span of one record has one at most: the link that is also its parent, else its
/// first link (others lead to the origin of a retried record), else its parent. A batch has one a link.
/// </summary>
internal static class References
{
    /// <summary>Links of one span that are followed; more are not looked at.</summary>
    internal const int LinksMax = 1_000;

    public static Reference? OfOneRecord(SpanFacts span)
    {
        var messaging = span.Messaging;
        var (topic, partition, offset) = (messaging?.Topic, messaging?.Partition ?? -1, messaging?.Offset ?? -1);
        if (span.Links.Count > 0)
        {
            var link = CreationLink(span);
            return new(link.Key, HopEvidence.Link, topic, partition, offset, link.IsSampled);
        }

        return span.ParentSpanId == 0
            ? null
            : new(new(span.TraceId, span.ParentSpanId), HopEvidence.Parent, topic, partition, offset);
    }

    /// <summary>One of a batch's, by its link.</summary>
    public static Reference OfLink(SpanFacts span, SpanLink link) => new(
        link.Key,
        HopEvidence.Link,
        link.Topic ?? span.Messaging?.Topic,
        link.Partition >= 0 ? link.Partition : span.Messaging?.Partition ?? -1,
        link.Offset,
        link.IsSampled);

    /// <summary>All, of either kind of span.</summary>
    public static IEnumerable<Reference> All(SpanFacts span)
    {
        if (!span.IsBatch())
        {
            if (OfOneRecord(span) is { } reference)
            {
                yield return reference;
            }

            yield break;
        }

        for (var i = 0; i < span.Links.Count && i < LinksMax; i++)
        {
            yield return OfLink(span, span.Links[i]);
        }
    }

    private static SpanLink CreationLink(SpanFacts span)
    {
        var parent = new SpanKey(span.TraceId, span.ParentSpanId);
        foreach (var link in span.Links)
        {
            if (link.Key == parent)
            {
                return link;
            }
        }

        return span.Links[0];
    }
}
