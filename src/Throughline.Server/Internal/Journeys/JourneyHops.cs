using System.Globalization;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Assemble.Pairs;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Journeys;

/// <summary>Pairs the processings of a journey with its sends, by the same evidence as assembly does.</summary>
internal sealed class JourneyHops
{
    // Spans and hops that a path goes up.
    private const int StepsMax = 200;

    private readonly JourneySources _sources;
    private readonly Dictionary<SpanKey, SpanFacts> _spans = [];
    private readonly Dictionary<RecordPlace, List<SpanFacts>> _sends = [];
    private readonly HashSet<(string Service, string? Topic)> _processing = [];
    private readonly Dictionary<SpanKey, (SpanFacts? Send, string Topic)> _arrivals = [];
    private readonly Dictionary<string, int> _deliveries = [];

    public JourneyHops(IEnumerable<SpanFacts> spans, JourneySources sources)
    {
        _sources = sources;
        foreach (var span in spans)
        {
            _spans.TryAdd(span.Key, span);
            switch (span.Role())
            {
                case SpanRole.Send when RecordPlace.Of(span) is { } place:
                    if (!_sends.TryGetValue(place, out var sends))
                    {
                        _sends.Add(place, sends = []);
                    }

                    sends.Add(span);
                    break;
                case SpanRole.Process:
                    _processing.Add((span.Source.Service, span.Messaging!.Topic));
                    break;
            }
        }
    }

    public IReadOnlyList<Hop> All()
    {
        var pairs = new List<(SpanFacts? Send, SpanFacts Process, Reference Reference)>();
        foreach (var span in _spans.Values.Where(IsProcessing).OrderBy(static span => span.StartUnixNs))
        {
            pairs.AddRange(PairsOf(span));
        }

        foreach (var (send, process, reference) in pairs)
        {
            _arrivals.TryAdd(process.Key, (send, TopicOf(send, reference)));
        }

        return [.. pairs.Select(pair => Make(pair.Send, pair.Process, pair.Reference))];
    }

    private bool IsProcessing(SpanFacts span) => span.Role() switch
    {
        SpanRole.Process => !(ParentOf(span) is { } parent && Nesting.IsNested(span, parent)),
        SpanRole.Receive => !_processing.Contains((span.Source.Service, span.Messaging!.Topic)),
        _ => false,
    };

    private IEnumerable<(SpanFacts? Send, SpanFacts Process, Reference Reference)> PairsOf(SpanFacts span)
    {
        var isReferring = false;
        foreach (var reference in References.All(span))
        {
            if (SendOf(span, reference) is { } send)
            {
                isReferring = true;
                yield return (send, span, reference);
            }
            else
            {
                isReferring |= span.IsBatch() || _sources.Loaded(reference.Key.TraceId)?.Find(reference.Key.SpanId) is null;
            }
        }

        if (isReferring || span.IsBatch() || RecordPlace.Of(span) is not { } place)
        {
            yield break;
        }

        var sends = _sends.GetValueOrDefault(place)?.Where(send => ClusterScope.IsShared(send, span)).ToList() ?? [];
        if (sends.Count == 1 || (sends.Count == 0 && span.Messaging!.RecordTimestampUnixMs >= 0))
        {
            yield return (sends.FirstOrDefault(), span, Pairing.ByIdentity(span));
        }
    }

    private SpanFacts? SendOf(SpanFacts span, in Reference reference)
    {
        if (!_spans.TryGetValue(reference.Key, out var target))
        {
            return null;
        }

        if (target.Role() == SpanRole.Receive && reference.Evidence == HopEvidence.Parent)
        {
            return References.OfOneRecord(target) is { } further && _spans.TryGetValue(further.Key, out var behind) && behind.IsSend()
                ? behind
                : null;
        }

        return target.IsSend() && RecordMatch.Fits(target, span, reference) ? target : null;
    }

    private Hop Make(SpanFacts? send, SpanFacts process, in Reference reference)
    {
        var group = process.Messaging!.Group ?? process.Source.ConsumerGroup ?? $"({process.Source.Service})";
        var partition = reference.Partition >= 0 ? reference.Partition : send?.Messaging!.Partition ?? -1;
        var offset = reference.Offset >= 0 ? reference.Offset : send?.Messaging!.Offset ?? -1;
        var topic = TopicOf(send, reference);
        var (path, origin) = PathTo(process, 0);
        var record = string.Create(
            CultureInfo.InvariantCulture, $"{group}\n{topic}\n{partition}\n{offset}\n{(offset < 0 ? reference.Key : default)}");
        var delivery = _deliveries[record] = _deliveries.GetValueOrDefault(record) + 1;
        return new Hop
        {
            Send = send,
            Process = process,
            Evidence = reference.Evidence,
            Topic = topic,
            Partition = partition,
            Offset = offset,
            Group = group,
            Delivery = delivery,
            Path = path,
            OriginUnixNs = origin,
            Timing = HopTimings.Of(send, process),
        };
    }

    private (string Path, long OriginUnixNs) PathTo(SpanFacts span, int steps)
    {
        var service = span.Source.Service;
        if (steps < StepsMax && _arrivals.TryGetValue(span.Key, out var arrival))
        {
            var (before, origin) = arrival.Send is { } send ? PathTo(send, steps + 1) : (string.Empty, span.StartUnixNs);
            return ($"{(before.Length == 0 ? before : before + " → ")}{arrival.Topic} → {service}", origin);
        }

        if (steps >= StepsMax || ParentOf(span) is not { } parent || parent == span)
        {
            return (service, span.StartUnixNs);
        }

        var (path, start) = PathTo(parent, steps + 1);
        return parent.Source.Service == service ? (path, start) : ($"{path} → {service}", start);
    }

    private SpanFacts? ParentOf(SpanFacts span) =>
        span.ParentSpanId == 0 ? null : _sources.Loaded(span.TraceId)?.ParentOf(span)?.Facts;

    private static string TopicOf(SpanFacts? send, in Reference reference) =>
        reference.Topic ?? send?.Messaging?.Topic ?? HopMaker.NoTopic;
}
