using Throughline.Server.Internal.Assemble.Orphans;
using Throughline.Server.Internal.Assemble.Pairs;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>Ends waits whose time is over: what came of them is told, and remembered by hash.</summary>
internal sealed class WaitEnder(Known known, Receipts receipts, Pairing pairing, HopMaker hops)
{
    public void End(long now, IAssembled assembled)
    {
        while (known.Open.TakeDue(now, known.Options.OpenEndsMax, known.Tick) is { } end)
        {
            if (end.Due > now)
            {
                known.Statistics.DecidedEarly++;
            }

            var found = new Found();
            End(end, found);
            Tell(end.Span, found, assembled);
        }
    }

    private void End(OpenEnd end, Found found)
    {
        switch (end.Kind)
        {
            case OpenEndKind.Parent or OpenEndKind.Reference when known.Live.Contains(end.Reference.Key):
                // It is here, and will settle.
                known.Open.Add(new(end.Span, end.Kind)
                {
                    Reference = end.Reference,
                    IsOrphan = true,
                    Due = known.Due,
                    SettledTick = known.Tick,
                });
                break;
            case OpenEndKind.Parent or OpenEndKind.Reference:
                known.Missing.Add(end.Reference.Key, end.Span);
                found.Orphans.Add(OrphanCauses.Of(end, known.Topics));
                break;
            case OpenEndKind.Identity:
                EndIdentity(end, found);
                break;
            case OpenEndKind.Receive when receipts.IsProcessing(end.Span):
                // Its instrumentation tells of no processing, so this is all that is known of it.
                pairing.Processed(end.Span, TraceOf(end.Span), found);
                break;
        }
    }

    private void EndIdentity(OpenEnd end, Found found)
    {
        if (end.IsOrphan)
        {
            found.Orphans.Add(OrphanCauses.Of(end, known.Topics));
        }

        if (end.Send is not null || end.IsAmbiguous)
        {
            return;
        }

        if (end.Implausible is not null)
        {
            found.Ambiguous.Add(end.Span);
        }

        if (end.Span.Messaging!.RecordTimestampUnixMs >= 0 && !end.Span.IsBatch())
        {
            // Its lag is known without the send. From here on the hop is told: a send that comes yet changes nothing.
            hops.Tell(null, end.Span, Pairing.ByIdentity(end.Span), TraceOf(end.Span), found);
        }
        else if (end.Place is { } place)
        {
            known.Missing.Add(place, end.Span);
        }
    }

    private TraceSpans TraceOf(SpanFacts span) => new(span.TraceId, [], known.Store.Trace(span.TraceId));

    private void Tell(SpanFacts span, Found found, IAssembled assembled)
    {
        if (found.Hops.Count > 0 || found.Ambiguous.Count > 0)
        {
            known.Statistics.Ambiguous += found.Ambiguous.Count;
            assembled.Settled(new(span.TraceId, [], found.Hops, found.Ambiguous));
        }

        foreach (var orphan in found.Orphans)
        {
            known.Statistics.Orphans++;
            assembled.Orphaned(orphan);
        }
    }
}
