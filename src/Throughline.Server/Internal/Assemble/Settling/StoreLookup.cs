using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>
/// What assembly asks the store for: facts only. Within a tick the store is still, so a trace is read once; what the tick
/// itself has settled is on its way there, and counts as stored.
/// </summary>
internal sealed class StoreLookup(ISpanStore store, AssemblyOptions options, AssemblyStatistics statistics)
{
    // A tick settles some thousand traces; the traces that it reads are few.
    private const int TracesMax = 1_000;

    // Spans that name one record, or link to one trace. More are not looked at: each is one hop of one journey.
    private const int RelatedMax = 1_000;

    private readonly Dictionary<TraceId, IReadOnlyList<SpanFacts>> _traces = [];

    private readonly Dictionary<TraceId, IReadOnlyList<SpanFacts>> _settled = [];

    public void BeginTick()
    {
        _traces.Clear();
        _settled.Clear();
    }

    /// <summary>A trace has settled in this tick, for the first time in it.</summary>
    public void Add(TraceId id, IReadOnlyList<SpanFacts> settled) => _settled.Add(id, settled);

    public IReadOnlyList<SpanFacts> Trace(TraceId id)
    {
        var stored = Stored(id);
        return !_settled.TryGetValue(id, out var settled) ? stored
            : stored.Count == 0 ? settled
            : [.. stored, .. settled];
    }

    private IReadOnlyList<SpanFacts> Stored(TraceId id)
    {
        if (!store.MayContain(id))
        {
            return [];
        }

        if (_traces.TryGetValue(id, out var known))
        {
            return known;
        }

        statistics.StoreLookups++;
        var spans = Facts(store.Trace(id, options.StoredSpansMax, CancellationToken.None));
        if (_traces.Count < TracesMax)
        {
            _traces.Add(id, spans);
        }

        return spans;
    }

    public SpanFacts? Find(SpanKey key)
    {
        foreach (var span in Trace(key.TraceId))
        {
            if (span.SpanId == key.SpanId)
            {
                return span;
            }
        }

        return null;
    }

    /// <summary>Processings, and whatever else, that have this span for their parent or link to it.</summary>
    public IEnumerable<SpanFacts> ReferencesTo(SpanKey key)
    {
        statistics.StoreLookups++;
        foreach (var span in Trace(key.TraceId))
        {
            if (span.ParentSpanId == key.SpanId)
            {
                yield return span;
            }
        }

        foreach (var found in store.LinkedTo(key.TraceId, RelatedMax, CancellationToken.None))
        {
            var span = found.Facts;
            var isChild = span.TraceId == key.TraceId && span.ParentSpanId == key.SpanId;
            if (!isChild && span.Links.Any(link => link.Key == key))
            {
                yield return span;
            }
        }
    }

    public IReadOnlyList<SpanFacts> At(RecordPlace place)
    {
        statistics.StoreLookups++;
        return Facts(store.Record(place.Topic, place.Partition, place.Offset, RelatedMax, CancellationToken.None));
    }

    private static SpanFacts[] Facts(IReadOnlyList<StoredSpan> spans)
    {
        if (spans.Count == 0)
        {
            return [];
        }

        var facts = new SpanFacts[spans.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = spans[i].Facts;
        }

        return facts;
    }
}
