using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Journeys;

/// <summary>
/// Collects a journey's spans: 1. up, from where it was asked for, by parents and contexts, to the origin; 2. everything
/// below what was met; 3. from there, whoever links to it or names its records, and everything below these, until there is
/// nothing new. A batch is met from one of its records: what is below it belongs to that record's journey, its other
/// records do not.
/// </summary>
internal sealed class JourneyWalk(JourneySources sources, JourneyOptions options)
{
    private readonly Dictionary<SpanIdentity, (StoredSpan Span, bool IsSurrounding)> _spans = [];
    private readonly HashSet<SpanKey> _keys = [];
    private readonly Queue<StoredSpan> _unseen = new();
    private readonly HashSet<TraceId> _linksAsked = [];
    private readonly Dictionary<SpanKey, List<StoredSpan>> _linking = [];
    private readonly HashSet<SpanKey> _climbed = [];
    private readonly HashSet<(SpanKey, SpanKey)> _besideKeys = [];
    private readonly List<BesideRecord> _besides = [];

    public IEnumerable<(StoredSpan Span, bool IsSurrounding)> Spans => _spans.Values;

    /// <summary>Those that turned out to be of the journey themselves are not beside it.</summary>
    public IEnumerable<BesideRecord> Beside => _besides.Where(beside => !_keys.Contains(beside.Link.Key));

    public bool Contains(SpanKey key) => _keys.Contains(key);

    /// <summary>A whole trace, and the one origin that it comes from. Where there are several, these are beside it.</summary>
    public async ValueTask FromTraceAsync(LoadedTrace trace)
    {
        foreach (var span in trace.Spans)
        {
            Include(span);
        }

        var processings = trace.Spans.Where(span => RecordBoundary.IsFromElsewhere(span.Facts, trace)).ToList();
        var contexts = processings
            .SelectMany(span => span.Facts.Links.Count > 0 ? span.Facts.Links.Select(link => link.Key) : [span.Facts.Key])
            .Distinct()
            .Count();
        foreach (var span in processings)
        {
            if (contexts == 1)
            {
                await ClimbAsync(span, trace).ConfigureAwait(false);
            }
            else
            {
                PutBeside(span.Facts, span.Facts.Links);
            }
        }

        await DescendAsync().ConfigureAwait(false);
    }

    /// <summary>From one span: its origin, and what came of it.</summary>
    public async ValueTask FromSpanAsync(StoredSpan span)
    {
        if (await sources.TraceAsync(span.Facts.TraceId).ConfigureAwait(false) is { } trace)
        {
            await ClimbAsync(span, trace).ConfigureAwait(false);
        }

        await DescendAsync().ConfigureAwait(false);
    }

    // 1. Up to the first span of the origin; its subtree, and that of every boundary on the way, is in.
    private async ValueTask ClimbAsync(StoredSpan from, LoadedTrace trace)
    {
        var (span, within) = (from, trace);
        while (_climbed.Add(span.Facts.Key))
        {
            sources.ThrowIfCancelled();
            if (RecordBoundary.IsFromElsewhere(span.Facts, within))
            {
                IncludeBelow(span, within);
                IncludeAround(span, within);
                if (await ContextOfAsync(span.Facts).ConfigureAwait(false) is not { } context)
                {
                    return;
                }

                (span, within) = context;
            }
            else if (within.ParentOf(span.Facts) is { } parent)
            {
                span = parent;
            }
            else
            {
                IncludeBelow(span, within);
                return;
            }
        }
    }

    private async ValueTask<(StoredSpan Span, LoadedTrace Trace)?> ContextOfAsync(SpanFacts span)
    {
        if (span.IsBatch())
        {
            if (span.Links.Count != 1)
            {
                PutBeside(span, span.Links);
                return null;
            }

            return await FindAsync(span.Links[0].Key).ConfigureAwait(false);
        }

        if (References.OfOneRecord(span) is { Evidence: HopEvidence.Link } reference)
        {
            return await FindAsync(reference.Key).ConfigureAwait(false);
        }

        if (RecordPlace.Of(span) is not { } place)
        {
            return null;
        }

        var sends = sources.At(place).Where(other => other.Facts.Role() == SpanRole.Send && RecordBoundary.IsOneCluster(other.Facts, span)).ToList();
        return sends.Count == 1 ? await FindAsync(sends[0].Facts.Key).ConfigureAwait(false) : null;
    }

    private async ValueTask<(StoredSpan Span, LoadedTrace Trace)?> FindAsync(SpanKey key) =>
        await sources.TraceAsync(key.TraceId).ConfigureAwait(false) is { } trace && trace.Find(key.SpanId) is { } span
            ? (span, trace)
            : null;

    // 3.
    private async ValueTask DescendAsync()
    {
        while (_unseen.TryDequeue(out var span))
        {
            sources.ThrowIfCancelled();
            if (_linksAsked.Add(span.Facts.TraceId))
            {
                AskForLinks(span.Facts.TraceId);
            }

            foreach (var linking in _linking.GetValueOrDefault(span.Facts.Key) ?? [])
            {
                await FollowAsync(linking).ConfigureAwait(false);
            }

            if (span.Facts.Role() == SpanRole.Send && RecordPlace.Of(span.Facts) is { } place)
            {
                await FollowRecordAsync(span.Facts, place).ConfigureAwait(false);
            }
        }
    }

    private void AskForLinks(TraceId id)
    {
        foreach (var found in sources.LinkedTo(id))
        {
            foreach (var key in found.Facts.Links.Select(link => link.Key).Where(key => key.TraceId == id).Distinct())
            {
                if (!_linking.TryGetValue(key, out var linking))
                {
                    _linking.Add(key, linking = []);
                }

                linking.Add(found);
            }
        }
    }

    private async ValueTask FollowRecordAsync(SpanFacts send, RecordPlace place)
    {
        foreach (var found in sources.At(place))
        {
            var span = found.Facts;
            if (span.IsProcessing() && RecordBoundary.IsOneCluster(send, span)
                && !_spans.ContainsKey(span.Identity) && RecordBoundary.HasNoContext(span))
            {
                await FollowAsync(found).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask FollowAsync(StoredSpan found)
    {
        if (_spans.ContainsKey(found.Facts.Identity))
        {
            return;
        }

        if (!found.Facts.IsProcessing() || await sources.TraceAsync(found.Facts.TraceId).ConfigureAwait(false) is not { } trace)
        {
            Include(found);
            return;
        }

        IncludeBelow(found, trace);
        IncludeAround(found, trace);
        if (found.Facts.IsBatch())
        {
            PutBeside(found.Facts, found.Facts.Links);
        }
    }

    // 2.
    private void IncludeBelow(StoredSpan top, LoadedTrace trace)
    {
        var below = new Stack<StoredSpan>([top]);
        while (below.TryPop(out var span))
        {
            if (!Include(span))
            {
                continue;
            }

            foreach (var child in trace.ChildrenOf(span.Facts))
            {
                below.Push(child);
            }
        }
    }

    // What encloses a processing (a poll, a batch's loop) is shown, without the other records' processings that it encloses.
    private void IncludeAround(StoredSpan span, LoadedTrace trace)
    {
        for (var parent = trace.ParentOf(span.Facts); parent is { } around; parent = trace.ParentOf(around.Facts))
        {
            if (!Include(around, isSurrounding: true))
            {
                return;
            }
        }
    }

    private bool Include(StoredSpan span, bool isSurrounding = false)
    {
        if (_spans.TryGetValue(span.Facts.Identity, out var known))
        {
            if (!known.IsSurrounding || isSurrounding)
            {
                return false;
            }

            _spans[span.Facts.Identity] = (span, false);
            _unseen.Enqueue(span);
            return true;
        }

        if (_spans.Count >= options.SpansMax)
        {
            sources.Omit(OmissionKind.Spans);
            return false;
        }

        _spans.Add(span.Facts.Identity, (span, isSurrounding));
        if (!isSurrounding)
        {
            _keys.Add(span.Facts.Key);
            _unseen.Enqueue(span);
        }

        return true;
    }

    private void PutBeside(SpanFacts batch, IReadOnlyList<SpanLink> links)
    {
        foreach (var link in links)
        {
            if (!_besideKeys.Add((batch.Key, link.Key)))
            {
                continue;
            }

            if (_besides.Count >= options.BesideMax)
            {
                sources.Omit(OmissionKind.Beside);
                return;
            }

            _besides.Add(new(batch.Key, link));
        }
    }
}
