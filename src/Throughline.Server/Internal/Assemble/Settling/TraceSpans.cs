using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>The spans of one trace, found by id: those that settle now, and those that the store has.</summary>
internal sealed class TraceSpans
{
    private const int ScannedMax = 16;

    private readonly Dictionary<ulong, SpanFacts>? _byId;
    private HashSet<ulong>? _storedIds;
    private ILookup<ulong, SpanFacts>? _storedChildren;

    public TraceSpans(TraceId id, IReadOnlyList<SpanFacts> news, IReadOnlyList<SpanFacts> stored)
    {
        (Id, News, Stored) = (id, news, stored);
        if (news.Count + stored.Count > ScannedMax)
        {
            _byId = new Dictionary<ulong, SpanFacts>(news.Count + stored.Count);
            foreach (var span in stored)
            {
                _byId.TryAdd(span.SpanId, span);
            }

            foreach (var span in news)
            {
                _byId.TryAdd(span.SpanId, span);
            }
        }
    }

    public TraceId Id { get; }

    public IReadOnlyList<SpanFacts> News { get; }

    public IReadOnlyList<SpanFacts> Stored { get; }

    public SpanFacts? Find(ulong spanId) => _byId is not null
        ? _byId.GetValueOrDefault(spanId)
        : Scan(Stored, spanId) ?? Scan(News, spanId);

    public SpanFacts? ParentOf(SpanFacts span) =>
        span.ParentSpanId == 0 || span.ParentSpanId == span.SpanId ? null : Find(span.ParentSpanId);

    public bool IsStored(ulong spanId) => (_storedIds ??= [.. Stored.Select(static span => span.SpanId)]).Contains(spanId);

    /// <summary>Those that settled earlier than what settles now.</summary>
    public IEnumerable<SpanFacts> StoredChildrenOf(ulong spanId) =>
        (_storedChildren ??= Stored.ToLookup(static span => span.ParentSpanId))[spanId];

    private static SpanFacts? Scan(IReadOnlyList<SpanFacts> spans, ulong spanId)
    {
        for (var i = 0; i < spans.Count; i++)
        {
            if (spans[i].SpanId == spanId)
            {
                return spans[i];
            }
        }

        return null;
    }
}
