using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Assemble.Orphans;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Journeys;

/// <summary>Says of each span what is to be shown on it.</summary>
internal sealed class JourneyMarker
{
    private readonly JourneySources _sources;
    private readonly Dictionary<SpanKey, Hop> _hops = [];
    private readonly HashSet<SpanKey> _critical;
    private readonly TopicKnowledge _topics = new();
    private readonly long _inFlightUntilUnixNs;

    public JourneyMarker(
        IEnumerable<SpanFacts> spans, IReadOnlyList<Hop> hops, IReadOnlyList<PathSegment> critical, JourneySources sources, long inFlightUntilUnixNs)
    {
        (_sources, _inFlightUntilUnixNs) = (sources, inFlightUntilUnixNs);
        _critical = [.. critical.Select(static segment => segment.Span)];
        foreach (var hop in hops)
        {
            _hops.TryAdd(hop.Process.Key, hop);
        }

        foreach (var span in spans)
        {
            _topics.Learn(span);
        }
    }

    public JourneySpan Mark(StoredSpan span, bool isSurrounding)
    {
        var facts = span.Facts;
        var orphan = isSurrounding ? null : OrphanOf(facts);
        var marks = (facts.Status == SpanStatus.Error ? JourneyMarks.Error : JourneyMarks.None)
            | (orphan is not null ? JourneyMarks.Orphan : JourneyMarks.None)
            | (IsSkewed(facts) ? JourneyMarks.ClockSkew : JourneyMarks.None)
            | (_critical.Contains(facts.Key) ? JourneyMarks.Critical : JourneyMarks.None)
            | (isSurrounding ? JourneyMarks.Surrounding : JourneyMarks.None)
            | (_sources.Loaded(facts.TraceId)?.IsLive(facts) == true ? JourneyMarks.Live : JourneyMarks.None)
            | (facts.Messaging is { FailureDestination: not null, Operation: MessagingOperation.Process } ? JourneyMarks.Failed : JourneyMarks.None);
        return new(span, marks, orphan);
    }

    private bool IsSkewed(SpanFacts span)
    {
        if (_hops.TryGetValue(span.Key, out var hop))
        {
            return hop.Timing.Skew is not null;
        }

        return _sources.Loaded(span.TraceId)?.ParentOf(span) is { } parent && span.StartUnixNs < parent.Facts.StartUnixNs;
    }

    private Orphan? OrphanOf(SpanFacts span)
    {
        _hops.TryGetValue(span.Key, out var hop);
        var trace = _sources.Loaded(span.TraceId);
        if (span.ParentSpanId != 0 && trace is not null && trace.ParentOf(span) is null)
        {
            return Missing(span, new(new(span.TraceId, span.ParentSpanId), HopEvidence.Parent, null, -1, -1), OpenEndKind.Parent);
        }

        if (span.Role() != SpanRole.Process || span.IsBatch())
        {
            return null;
        }

        if (References.OfOneRecord(span) is { } reference)
        {
            return hop is null && reference.Evidence == HopEvidence.Link && _sources.Loaded(reference.Key.TraceId)?.Find(reference.Key.SpanId) is null
                ? Missing(span, reference, OpenEndKind.Reference)
                : null;
        }

        return OrphanCauses.Of(new(span, OpenEndKind.Identity) { Send = hop?.Send }, _topics);
    }

    private Orphan Missing(SpanFacts span, in Reference reference, OpenEndKind kind) =>
        span.EndUnixNs > _inFlightUntilUnixNs
            ? new(span, OrphanCause.ParentInFlight, $"{reference.Key} has not come yet.", reference.Key)
            : OrphanCauses.Of(new(span, kind) { Reference = reference }, _topics);
}
