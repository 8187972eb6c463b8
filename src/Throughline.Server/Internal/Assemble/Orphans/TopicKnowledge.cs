using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Orphans;

/// <summary>
/// What spans have shown of topics and clients since the start: who sends to a topic, who reads contexts out of its records.
/// It decides causes, never hops. Bounded: what is new beyond the bound is not learned, and the cause is the plainer one.
/// </summary>
internal sealed class TopicKnowledge
{
    private const int KnownMax = 50_000;

    private readonly HashSet<(string? Scope, string Topic)> _sentTo = [];
    private readonly HashSet<(string? Scope, string Topic)> _sampledSends = [];
    private readonly HashSet<(string? Scope, string Topic)> _carriesContext = [];
    private readonly HashSet<(string Service, string Instrumentation, string Topic)> _extracts = [];
    private readonly HashSet<(string Service, string Topic)> _processes = [];

    public void Learn(SpanFacts span)
    {
        if (span.Messaging?.Topic is not { } topic)
        {
            return;
        }

        // The scope is the environment's: a consumer and a producer seldom tell the same servers.
        var scoped = (span.Source.Environment, topic);
        switch (span.Role())
        {
            case SpanRole.Send or SpanRole.Create:
                Add(_sentTo, scoped);
                if (span.Weight > 1)
                {
                    Add(_sampledSends, scoped);
                }

                break;
            case SpanRole.Process:
                Add(_processes, (span.Source.Service, topic));
                LearnExtraction(span, topic);
                break;
            case SpanRole.Receive:
                LearnExtraction(span, topic);
                break;
        }
    }

    /// <summary>Instrumented producers send to it.</summary>
    public bool IsSentTo(SpanFacts processing) => _sentTo.Contains(Scoped(processing));

    /// <summary>Sends to it are sampled: their spans stand for more than themselves.</summary>
    public bool AreSendsSampled(SpanFacts processing) => _sampledSends.Contains(Scoped(processing));

    /// <summary>Somebody has read a context out of one of its records.</summary>
    public bool HasContexts(SpanFacts processing) => _carriesContext.Contains(Scoped(processing));

    /// <summary>This client reads contexts, of other records of the topic.</summary>
    public bool DoesExtract(SpanFacts processing) => processing.Messaging?.Topic is { } topic
        && _extracts.Contains((processing.Source.Service, processing.Source.ScopeName, topic));

    /// <summary>This service has process spans for the topic, so that its receive spans are no processings.</summary>
    public bool DoesProcess(SpanFacts receive) => receive.Messaging?.Topic is { } topic
        && _processes.Contains((receive.Source.Service, topic));

    private void LearnExtraction(SpanFacts span, string topic)
    {
        if (span.Links.Count > 0 || (span.ParentSpanId != 0 && span.IsParentRemote == true))
        {
            Add(_carriesContext, (span.Source.Environment, topic));
            Add(_extracts, (span.Source.Service, span.Source.ScopeName, topic));
        }
    }

    /// <summary>A parent was found to be a send: the client does read contexts, although it does not tell so by links.</summary>
    public void LearnExtracted(SpanFacts processing)
    {
        if (processing.Messaging?.Topic is { } topic)
        {
            Add(_carriesContext, (processing.Source.Environment, topic));
            Add(_extracts, (processing.Source.Service, processing.Source.ScopeName, topic));
        }
    }

    private static (string? Scope, string Topic) Scoped(SpanFacts span) =>
        (span.Source.Environment, span.Messaging?.Topic ?? string.Empty);

    private static void Add<T>(HashSet<T> known, T one)
    {
        if (known.Count < KnownMax)
        {
            known.Add(one);
        }
    }
}
