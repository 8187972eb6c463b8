using System.Collections.Frozen;
using Throughline.Server.Internal.Assemble.Orphans;
using Throughline.Server.Internal.Assemble.Pairs;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>
/// Settles one trace: 1. what the store has is dropped; 2. sends are remembered; 3. whoever waited for the new spans gets
/// them; 4. new processings look for their sends; 5. what misses its parent waits; 6. parents that come late are told.
/// </summary>
internal sealed class TraceSettler(Known known, Paths paths, Pairing pairing)
{
    private readonly HashSet<SpanIdentity> _stored = [];

    /// <returns>The new spans; none where all came twice.</returns>
    public IReadOnlyList<SpanFacts> Settle(LiveTrace live, Found found)
    {
        // 1.
        var stored = known.Store.Trace(live.Id);
        var news = New(live, stored);
        var trace = new TraceSpans(live.Id, news, stored);

        // 2. All before any is paired: a send may be behind its processing in the list.
        foreach (var span in news)
        {
            known.Topics.Learn(span);
        }

        foreach (var span in news)
        {
            if (span.IsSend())
            {
                known.Sends.Add(new(span, paths.To(span, trace)) { Tick = known.Tick }, known.Tick);
            }
        }

        // 3.
        foreach (var span in news)
        {
            Arrived(span, trace, found);
        }

        // 4. and 5.
        foreach (var span in news)
        {
            Look(span, trace, found);
        }

        known.Store.Add(live.Id, news);
        return news;
    }

    /// <summary>4. and 5. of a span, also of one that waited before a restart: it is stored, and its wait begins again.</summary>
    public void Look(SpanFacts span, TraceSpans trace, Found found)
    {
        switch (span.Role())
        {
            case SpanRole.Process:
                pairing.Processed(span, trace, found);
                break;
            case SpanRole.Receive:
                known.Open.Add(new(span, OpenEndKind.Receive) { Due = known.Due, SettledTick = known.Tick });
                break;
        }

        AwaitParent(span, trace);
    }

    private List<SpanFacts> New(LiveTrace live, IReadOnlyList<SpanFacts> stored)
    {
        var news = new List<SpanFacts>(live.Count);
        if (stored.Count == 0)
        {
            news.AddRange(live.Spans);
        }
        else
        {
            _stored.Clear();
            foreach (var span in stored)
            {
                _stored.Add(span.Identity);
            }

            foreach (var span in live.Spans)
            {
                if (!_stored.Contains(span.Identity))
                {
                    news.Add(span);
                }
            }

            known.Statistics.Duplicates += live.Count - news.Count;
        }

        if (news.Count > 1)
        {
            // Deliveries of one record within a trace are counted in their order.
            news.Sort(static (a, b) => a.StartUnixNs.CompareTo(b.StartUnixNs));
        }

        return news;
    }

    private void Arrived(SpanFacts span, TraceSpans trace, Found found)
    {
        var waited = FollowWaiting(span.Key, trace, found);
        if (trace.Stored.Count > 0)
        {
            TellLate(span, waited, trace, found);
        }

        if (!span.IsSend())
        {
            return;
        }

        pairing.Referred(span.Key, span, waited, trace, found);
        if (span.Kind == SpanKind.Client)
        {
            foreach (var context in SettledSends.Contexts(span).Skip(1))
            {
                pairing.Referred(context, span, FollowWaiting(context, trace, found), trace, found);
            }
        }

        pairing.Sent(span, trace, found);
    }

    // Returns who waited, which is not to be looked for in the store.
    private IReadOnlySet<SpanIdentity> FollowWaiting(SpanKey key, TraceSpans trace, Found found)
    {
        var ends = known.Open.Take(key);
        if (ends.Count == 0)
        {
            return FrozenSet<SpanIdentity>.Empty;
        }

        var waited = new HashSet<SpanIdentity>(ends.Count);
        foreach (var end in ends)
        {
            waited.Add(end.Span.Identity);
            if (end.Kind == OpenEndKind.Reference)
            {
                pairing.Follow(end.Span, end.Reference, trace, found);
            }
        }

        return waited;
    }

    // 5. A processing that has its parent for a reference waits already.
    private void AwaitParent(SpanFacts span, TraceSpans trace)
    {
        if (span.ParentSpanId == 0 || span.Role() == SpanRole.Receive || trace.Find(span.ParentSpanId) is not null)
        {
            return;
        }

        var parent = new SpanKey(span.TraceId, span.ParentSpanId);
        if (span.Role() == SpanRole.Process && !span.IsBatch() && References.OfOneRecord(span)?.Key == parent)
        {
            return;
        }

        known.Open.Add(new(span, OpenEndKind.Parent)
        {
            Reference = new(parent, HopEvidence.Parent, null, -1, -1),
            IsOrphan = true,
            Due = known.Due,
            SettledTick = known.Tick,
        });
    }

    // 6. What the store has and does not wait was told as an orphan.
    private void TellLate(SpanFacts parent, IReadOnlySet<SpanIdentity> waited, TraceSpans trace, Found found)
    {
        if (trace.IsStored(parent.SpanId))
        {
            // Another kind of the same id (Zipkin shares them between client and server) has stood for the parent.
            return;
        }

        foreach (var child in trace.StoredChildrenOf(parent.SpanId))
        {
            if (child.Role() != SpanRole.Receive && !waited.Contains(child.Identity))
            {
                found.CameLate.Add(OrphanCauses.Late(child, parent.Key));
                pairing.ParentCame(child, parent, trace, found);
            }
        }
    }
}
