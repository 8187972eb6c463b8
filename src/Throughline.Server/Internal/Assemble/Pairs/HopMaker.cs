using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>Makes a hop of its two ends: place, group, delivery, path, timing.</summary>
internal sealed class HopMaker(Known known, Paths paths, Deliveries deliveries, Resolver resolver, Receipts receipts)
{
    /// <summary>In the place of a topic that neither end tells.</summary>
    internal const string NoTopic = "(unknown topic)";

    private const int ServicesMax = 10_000;

    private readonly Dictionary<string, string> _groupsOfServices = [];

    public void Tell(SpanFacts? send, SpanFacts processing, in Reference reference, TraceSpans trace, Found found)
    {
        if (found.IsSilent)
        {
            return;
        }

        var sent = send?.Messaging;
        var topic = reference.Topic ?? sent?.Topic ?? NoTopic;
        var group = GroupOf(processing);
        var path = paths.Through(send, processing, topic, trace);
        found.Hops.Add(new Hop
        {
            Send = send,
            Process = processing,
            Evidence = reference.Evidence,
            Topic = topic,
            Partition = reference.Partition >= 0 ? reference.Partition : sent?.Partition ?? -1,
            Offset = reference.Offset >= 0 ? reference.Offset : sent?.Offset ?? -1,
            Group = group,
            Delivery = DeliveryOf(send, processing, reference, group),
            Path = path.Text,
            OriginUnixNs = path.OriginUnixNs,
            Timing = HopTimings.Of(send, processing),
        });
        Count(send, reference.Evidence);
    }

    /// <summary>The group, else the service in parentheses.</summary>
    public string GroupOf(SpanFacts processing)
    {
        if ((processing.Messaging?.Group ?? processing.Source.ConsumerGroup) is { } told)
        {
            return told;
        }

        var service = processing.Source.Service;
        if (!_groupsOfServices.TryGetValue(service, out var group))
        {
            group = $"({service})";
            if (_groupsOfServices.Count < ServicesMax)
            {
                _groupsOfServices.Add(service, group);
            }
        }

        return group;
    }

    private int DeliveryOf(SpanFacts? send, SpanFacts processing, in Reference reference, string group)
    {
        if (send is not null && known.Sends.Find(send.Key) is { } remembered && remembered.Tick == known.Tick)
        {
            // Settled just now: no processing of its record can have been told, and forgotten, before.
            return deliveries.Count(processing, reference, send, group, static () => 0);
        }

        var (wanted, key, name) = (reference, send?.Key ?? reference.Key, group);
        return deliveries.Count(processing, reference, send, group, () => CountStored(processing, wanted, key, name));
    }

    private int CountStored(SpanFacts processing, Reference reference, SpanKey key, string group)
    {
        if (reference.Evidence != HopEvidence.Identity)
        {
            return known.Store.ReferencesTo(key).Count(other => IsEarlier(other)
                && References.All(other).Any(theirs => theirs.Key == reference.Key && theirs.Offset == reference.Offset));
        }

        if (RecordPlace.Of(processing) is not { } place)
        {
            return 0;
        }

        var waiting = known.Open.At(place);
        return known.Store.At(place).Count(other => IsEarlier(other)
            && ClusterScope.IsShared(other, processing)
            && resolver.IsWithoutContext(other)
            && !waiting.Any(end => end.Send is null && end.Span.Identity == other.Identity));

        bool IsEarlier(SpanFacts other) => other.IsProcessing()
            && other.Identity != processing.Identity
            && (other.Role() != SpanRole.Receive || receipts.IsProcessing(other))
            && GroupOf(other) == group;
    }

    private void Count(SpanFacts? send, HopEvidence evidence)
    {
        if (send is null)
        {
            known.Statistics.HopsWithoutSend++;
            return;
        }

        switch (evidence)
        {
            case HopEvidence.Link:
                known.Statistics.HopsByLink++;
                break;
            case HopEvidence.Parent:
                known.Statistics.HopsByParent++;
                break;
            default:
                known.Statistics.HopsByIdentity++;
                break;
        }
    }
}
