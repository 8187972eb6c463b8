using Throughline.Server.Internal.Assemble.Orphans;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>
/// Pairs processings with sends. Every pair is told when the later of the two settles: a processing looks for its send among
/// what is settled; a send for the processings that wait for it, or that the store has.
/// </summary>
internal sealed class Pairing(Known known, Resolver resolver, IdentitySearch identity, Receipts receipts, HopMaker hops)
{
    // A processing under a receive span under a receive span: nobody does more.
    private const int ReceivesMax = 3;

    /// <summary>A processing has settled.</summary>
    public void Processed(SpanFacts span, TraceSpans trace, Found found)
    {
        if (Nesting.IsNested(span, trace.ParentOf(span)))
        {
            return;
        }

        var isReferring = false;
        foreach (var reference in References.All(span))
        {
            isReferring = true;
            Follow(span, reference, trace, found);
        }

        if (!isReferring)
        {
            Identify(span, isOrphan: true, trace, found);
        }
    }

    /// <summary>Goes after a reference: told as a hop where it leads to a send, else left open.</summary>
    public void Follow(SpanFacts span, Reference reference, TraceSpans trace, Found found, int receives = 0)
    {
        var target = resolver.Resolve(span, reference, trace);
        switch (target.Role)
        {
            case SpanRole.None when target.Span is null:
                Wait(new(span, OpenEndKind.Reference) { Reference = reference, IsOrphan = true, Due = known.Due, SettledTick = known.Tick });
                break;
            case SpanRole.Send or SpanRole.Create when RecordMatch.Fits(target.Span!, span, reference):
                known.Topics.LearnExtracted(span);
                hops.Tell(target.Span, span, reference, trace, found);
                break;
            case SpanRole.Send or SpanRole.Create:
                LedAstray(span, target.Span!, trace, found);
                break;
            case SpanRole.Receive when reference.Evidence == HopEvidence.Parent && receives < ReceivesMax:
                FollowReceive(span, target.Span!, reference, trace, found, receives);
                break;
            default:
                // The context is there, but no send has made it: somebody's own span went along with an untraced send.
                if (!span.IsBatch() && !Nesting.IsNested(span, target.Span))
                {
                    var isLocal = reference.Evidence == HopEvidence.Parent && Resolver.IsLocal(span, target.Span!);
                    Identify(span, isLocal, trace, found);
                }

                break;
        }
    }

    /// <summary>A send has settled: whoever settled before it and names its record without a context.</summary>
    public void Sent(SpanFacts send, TraceSpans trace, Found found)
    {
        if (send.Role() != SpanRole.Send || RecordPlace.Of(send) is not { } place)
        {
            return;
        }

        var waiting = known.Open.At(place);
        foreach (var end in waiting)
        {
            if (end.Send is null && !end.IsAmbiguous)
            {
                Identify(end, trace, found);
                CloseIfTold(end);
            }
        }

        if (!known.Missing.MayHave(place) && !known.MayHaveForgotten(send.StartUnixNs))
        {
            return;
        }

        foreach (var span in known.Store.At(place))
        {
            // One with a timestamp was told without its send, when it had waited long enough.
            if (IsClosedProcessing(span) && span.Messaging!.RecordTimestampUnixMs < 0
                && !waiting.Any(end => end.Span.Identity == span.Identity) && resolver.IsWithoutContext(span)
                && identity.Search(span, place).Send is not null)
            {
                hops.Tell(send, span, ByIdentity(span), trace, found);
            }
        }
    }

    /// <summary>A span has settled that stored processings may point at, which do not wait any more.</summary>
    /// <param name="key">The span, or a context that it stands for.</param>
    /// <param name="span">The span.</param>
    /// <param name="waited">Those that did wait, and have been seen to.</param>
    /// <param name="trace">The trace that is being settled.</param>
    /// <param name="found">What is found.</param>
    public void Referred(SpanKey key, SpanFacts span, IReadOnlySet<SpanIdentity> waited, TraceSpans trace, Found found)
    {
        if (!known.Missing.MayHave(key) && !known.MayHaveForgotten(span.StartUnixNs))
        {
            return;
        }

        if (key != span.Key && known.Store.Find(key) is not null)
        {
            // The context's own span was there before this send, and its hops were told.
            return;
        }

        var late = known.Store.ReferencesTo(key)
            .Where(other => IsClosedProcessing(other) && !waited.Contains(other.Identity))
            .OrderBy(static other => other.StartUnixNs)
            .ToList();
        foreach (var processing in late)
        {
            foreach (var reference in References.All(processing).Where(reference => reference.Key == key).ToList())
            {
                Follow(processing, reference, trace, found);
                if (!found.IsSilent && !IsChild(processing, key))
                {
                    found.CameLate.Add(OrphanCauses.Late(processing, key));
                }
            }
        }
    }

    /// <summary>The parent of a settled processing has come, long after it, and is no send.</summary>
    public void ParentCame(SpanFacts processing, SpanFacts parent, TraceSpans trace, Found found)
    {
        if (!parent.IsSend() && !processing.IsBatch() && IsClosedProcessing(processing)
            && References.OfOneRecord(processing) is { Evidence: HopEvidence.Parent } reference)
        {
            Follow(processing, reference, trace, found);
        }
    }

    public static Reference ByIdentity(SpanFacts span) => new(
        default, HopEvidence.Identity, span.Messaging!.Topic, span.Messaging.Partition, span.Messaging.Offset);

    // Of the same trace: told where children of the new span are.
    private static bool IsChild(SpanFacts span, SpanKey parent) =>
        span.TraceId == parent.TraceId && span.ParentSpanId == parent.SpanId;

    private bool IsClosedProcessing(SpanFacts span) => span.Role() switch
    {
        SpanRole.Process => true,
        SpanRole.Receive => receipts.IsProcessing(span),
        _ => false,
    };

    private void FollowReceive(
        SpanFacts span, SpanFacts receive, in Reference reference, TraceSpans trace, Found found, int receives)
    {
        if (References.OfOneRecord(receive) is { } further)
        {
            var own = further with { Topic = reference.Topic, Partition = reference.Partition, Offset = reference.Offset };
            Follow(span, own, trace, found, receives + 1);
        }
        else
        {
            Identify(span, isOrphan: true, trace, found);
        }
    }

    private void LedAstray(SpanFacts span, SpanFacts send, TraceSpans trace, Found found)
    {
        var isOrigin = RecordMatch.IsOriginOf(send, span);
        if (!isOrigin && !found.IsSilent)
        {
            found.Orphans.Add(OrphanCauses.Overwritten(span, send));
        }

        if (!span.IsBatch())
        {
            Identify(span, isOrphan: isOrigin, trace, found);
        }
    }

    private void Identify(SpanFacts span, bool isOrphan, TraceSpans trace, Found found)
    {
        var place = span.IsBatch() ? null : RecordPlace.Of(span);
        var end = new OpenEnd(span, OpenEndKind.Identity) { Place = place, IsOrphan = isOrphan, Due = known.Due, SettledTick = known.Tick };
        Identify(end, trace, found);
        if (isOrphan || (end.Send is null && !end.IsAmbiguous && place is not null))
        {
            Wait(end);
        }
    }

    private void Identify(OpenEnd end, TraceSpans trace, Found found)
    {
        if (end.Place is not { } place)
        {
            return;
        }

        var answer = identity.Search(end.Span, place);
        end.Implausible = answer.Implausible;
        if (answer.Send is { } send)
        {
            end.Send = send;
            hops.Tell(send, end.Span, ByIdentity(end.Span), trace, found);
        }
        else if (answer.IsAmbiguous)
        {
            end.IsAmbiguous = true;
            if (!found.IsSilent)
            {
                found.Ambiguous.Add(end.Span);
            }
        }
    }

    private void CloseIfTold(OpenEnd end)
    {
        if (!end.IsOrphan && (end.Send is not null || end.IsAmbiguous))
        {
            known.Open.Close(end);
        }
    }

    private void Wait(OpenEnd end) => known.Open.Add(end);
}
