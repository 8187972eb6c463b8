using System.Globalization;
using Throughline.Server.Internal.Assemble.Pairs;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Orphans;

/// <summary>Decides why a span misses what it should have, by what spans tell; each with the evidence in a sentence.</summary>
internal static class OrphanCauses
{
    /// <summary>When the wait is over.</summary>
    public static Orphan Of(OpenEnd end, TopicKnowledge topics) => end.Kind == OpenEndKind.Identity
        ? WithoutContext(end, topics)
        : WithoutParent(end, topics);

    /// <summary>Known at once: the context is another record's.</summary>
    public static Orphan Overwritten(SpanFacts span, SpanFacts send) => new(
        span,
        OrphanCause.HeaderOverwritten,
        $"The record{PlaceOf(span)} carries the context of another one, which {send.Source.Service} sent{PlaceOf(send)}.",
        null);

    /// <summary>What has been told of a span whose parent came all the same.</summary>
    public static Orphan Late(SpanFacts span, SpanKey parent) =>
        new(span, OrphanCause.ParentLost, $"{parent} settled long after the span that points at it.", parent);

    private static Orphan WithoutParent(OpenEnd end, TopicKnowledge topics)
    {
        var (span, missing) = (end.Span, end.Reference.Key);
        if (end.Reference.IsSampled == false)
        {
            return new(span, OrphanCause.ParentSampledOut, "The link's flags say that the span linked to was not sampled.", missing);
        }

        if (end.Kind == OpenEndKind.Reference && topics.AreSendsSampled(span))
        {
            return new(
                span,
                OrphanCause.ParentSampledOut,
                $"Sends to {span.Messaging!.Topic} are sampled (their tracestate says so), and this one's span never came.",
                missing);
        }

        var what = end.Reference.Evidence == HopEvidence.Link ? "linked to" : "named as the parent";
        return new(span, OrphanCause.ParentLost, $"The span {what}, {missing}, never came.", missing);
    }

    private static Orphan WithoutContext(OpenEnd end, TopicKnowledge topics)
    {
        var span = end.Span;
        if (span.Messaging!.TraceParentHeader is { Length: > 0 } header)
        {
            return ByHeader(span, header);
        }

        if (end.Send is { } send)
        {
            return ByItsSend(span, send, topics);
        }

        if (end.Implausible is { } other && other.StartUnixNs > span.StartUnixNs)
        {
            var seconds = (other.StartUnixNs - span.StartUnixNs) / 1_000_000_000;
            return new(
                span,
                OrphanCause.ClockSkew,
                string.Create(CultureInfo.InvariantCulture, $"{other.Source.Service} tells of this record's send, {seconds} s after it was processed."),
                null);
        }

        return ByTopic(span, topics);
    }

    private static Orphan ByHeader(SpanFacts span, string header)
    {
        var all = header.Split('\n');
        if (all.Length > 1)
        {
            return new(span, OrphanCause.HeaderOverwritten, $"The record has {all.Length} traceparent headers.", null);
        }

        return TraceParentText.IsValid(header)
            ? new(span, OrphanCause.ConsumerNotExtracting, $"The record has a valid traceparent ({header}).", null)
            : new(span, OrphanCause.HeaderMalformed, $"The record's traceparent is malformed: {header}", null);
    }

    private static Orphan ByItsSend(SpanFacts span, SpanFacts send, TopicKnowledge topics)
    {
        if (send.Messaging!.HeadersDropped is { } why)
        {
            return new(span, OrphanCause.HeaderMissing, $"Its send says that it went without trace headers: {why}.", null);
        }

        if (send.Kind == SpanKind.Client)
        {
            return new(
                span, OrphanCause.HeaderMissing, $"{send.Source.Service} sent it with a CLIENT span, which puts no context on a record.", null);
        }

        return topics.DoesExtract(span)
            ? new(
                span,
                OrphanCause.HeaderMissing,
                $"{send.Source.Service} traced its send, and {span.Source.Service} reads contexts from other records of the topic.",
                null)
            : new(
                span,
                OrphanCause.ConsumerNotExtracting,
                $"{send.Source.Service} traced its send; {span.Source.Service} was never seen to read a context from {span.Messaging!.Topic}.",
                null);
    }

    private static Orphan ByTopic(SpanFacts span, TopicKnowledge topics)
    {
        var topic = span.Messaging!.Topic ?? HopMaker.NoTopic;
        if ((topics.IsSentTo(span) || topics.HasContexts(span)) && !topics.DoesExtract(span))
        {
            var seen = topics.HasContexts(span) ? "Others read contexts from" : "There are traced sends to";
            return new(
                span, OrphanCause.ConsumerNotExtracting, $"{seen} {topic}; {span.Source.Service} was never seen to read one.", null);
        }

        return topics.IsSentTo(span)
            ? new(span, OrphanCause.ProducerNotInstrumented, $"There are traced sends to {topic}, but none of this record.", null)
            : new(span, OrphanCause.ProducerNotInstrumented, $"No traced send to {topic} is known.", null);
    }

    private static string PlaceOf(SpanFacts span) => span.Messaging switch
    {
        { Topic: { } topic, Partition: >= 0, Offset: >= 0 } m =>
            string.Create(CultureInfo.InvariantCulture, $" {topic}/{m.Partition}/{m.Offset}"),
        { Topic: { } topic } => $" of {topic}",
        _ => string.Empty,
    };
}
