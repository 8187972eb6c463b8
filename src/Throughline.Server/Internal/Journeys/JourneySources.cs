using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Journeys;

/// <summary>Reads what a journey asks for, each trace once, and counts what its bounds leave out.</summary>
internal sealed class JourneySources(
    ISpanStore store,
    Func<TraceId, CancellationToken, Task<IReadOnlyList<StoredSpan>>> live,
    JourneyOptions options,
    CancellationToken cancellationToken)
{
    private readonly Dictionary<TraceId, LoadedTrace> _traces = [];
    private readonly SortedDictionary<OmissionKind, int> _omitted = [];
    private int _recordLookups;

    public IEnumerable<Omission> Omissions => _omitted.Select(static one => new Omission(one.Key, one.Value));

    /// <summary>Null where nobody knows it, or it is one too many.</summary>
    public async ValueTask<LoadedTrace?> TraceAsync(TraceId id)
    {
        if (_traces.TryGetValue(id, out var known))
        {
            return known.Spans.Count == 0 ? null : known;
        }

        if (_traces.Count >= options.TracesMax)
        {
            Omit(OmissionKind.Traces);
            return null;
        }

        // Live ones first: what settles in between is then in both, rather than in neither.
        var coming = await live(id, cancellationToken).ConfigureAwait(false);
        var stored = store.MayContain(id) ? store.Trace(id, options.TraceSpansMax, cancellationToken) : [];
        if (stored.Count >= options.TraceSpansMax)
        {
            Omit(OmissionKind.Spans);
        }

        var trace = new LoadedTrace(coming, stored);
        _traces.Add(id, trace);
        return trace.Spans.Count == 0 ? null : trace;
    }

    /// <summary>A trace that was read before.</summary>
    public LoadedTrace? Loaded(TraceId id) => _traces.GetValueOrDefault(id);

    /// <summary>Spans that link to a trace. The trace's own are known from reading it, and are no others' in the bound.</summary>
    public IEnumerable<StoredSpan> LinkedTo(TraceId id)
    {
        var own = Loaded(id) is { } trace ? trace.Spans.Where(span => IsLinkedTo(span, id)).ToList() : [];
        var limit = options.RelatedMax + own.Count;
        var found = store.LinkedTo(id, limit, cancellationToken);
        if (found.Count >= limit)
        {
            Omit(OmissionKind.Related);
        }

        return own.Concat(found.Where(span => span.Facts.TraceId != id));
    }

    public IReadOnlyList<StoredSpan> At(RecordPlace place)
    {
        if (_recordLookups >= options.RecordLookupsMax)
        {
            Omit(OmissionKind.RecordLookups);
            return [];
        }

        _recordLookups++;
        return CountFull(store.Record(place.Topic, place.Partition, place.Offset, options.RelatedMax, cancellationToken));
    }

    public void Omit(OmissionKind kind, int count = 1) => _omitted[kind] = _omitted.GetValueOrDefault(kind) + count;

    public void ThrowIfCancelled() => cancellationToken.ThrowIfCancellationRequested();

    private static bool IsLinkedTo(StoredSpan span, TraceId id)
    {
        foreach (var link in span.Facts.Links)
        {
            if (link.Key.TraceId == id)
            {
                return true;
            }
        }

        return false;
    }

    private IReadOnlyList<StoredSpan> CountFull(IReadOnlyList<StoredSpan> spans)
    {
        if (spans.Count >= options.RelatedMax)
        {
            Omit(OmissionKind.Related);
        }

        return spans;
    }
}
