using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Query.Traces;

/// <summary>Reads whole traces: what the store has, and what is on its way to it.</summary>
internal sealed class TraceReader(ISpanStore store, UnsettledSpans unsettled)
{
    /// <summary>Spans of one trace that an answer has at most; of larger traces the earliest are shown, and that it is so.</summary>
    public const int SpansMax = 10_000;

    /// <summary>The trace, or null where nobody knows it.</summary>
    public async ValueTask<FoundTrace?> ReadAsync(TraceId id, CancellationToken cancellationToken)
    {
        // First what is unsettled: a span that is stored in between is then found twice rather than not at all.
        var coming = await unsettled(id, cancellationToken).ConfigureAwait(false);
        return Together(id, coming, cancellationToken);
    }

    /// <summary>What the store has of a trace, or null.</summary>
    public FoundTrace? ReadStored(TraceId id, CancellationToken cancellationToken) => Together(id, [], cancellationToken);

    private FoundTrace? Together(TraceId id, IReadOnlyList<StoredSpan> coming, CancellationToken cancellationToken)
    {
        var stored = store.MayContain(id) ? store.Trace(id, SpansMax + 1, cancellationToken) : [];
        var spans = stored.Concat(coming)
            .DistinctBy(s => s.Facts.Identity)
            .OrderBy(s => s.Facts.StartUnixNs)
            .ThenBy(s => s.Facts.SpanId)
            .ToList();
        if (spans.Count == 0)
        {
            return null;
        }

        var isCutShort = spans.Count > SpansMax;
        return new FoundTrace(id, isCutShort ? spans.GetRange(0, SpansMax) : spans, coming.Count == 0, isCutShort);
    }
}
