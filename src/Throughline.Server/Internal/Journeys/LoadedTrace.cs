using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Journeys;

/// <summary>All spans of a trace, with their children.</summary>
internal sealed class LoadedTrace
{
    private readonly Dictionary<ulong, StoredSpan> _byId = [];
    private readonly Dictionary<ulong, List<StoredSpan>> _children = [];
    private readonly HashSet<SpanIdentity> _live;

    public LoadedTrace(IReadOnlyList<StoredSpan> live, IReadOnlyList<StoredSpan> stored)
    {
        var spans = new List<StoredSpan>(live.Count + stored.Count);
        var seen = new HashSet<SpanIdentity>();
        foreach (var span in stored.Concat(live))
        {
            if (!seen.Add(span.Facts.Identity))
            {
                continue;
            }

            spans.Add(span);
            _byId.TryAdd(span.Facts.SpanId, span);
            if (span.Facts.ParentSpanId != 0)
            {
                if (!_children.TryGetValue(span.Facts.ParentSpanId, out var children))
                {
                    _children.Add(span.Facts.ParentSpanId, children = []);
                }

                children.Add(span);
            }
        }

        Spans = spans;
        _live = [.. live.Select(static span => span.Facts.Identity)];
        _live.ExceptWith(stored.Select(static span => span.Facts.Identity));
    }

    public IReadOnlyList<StoredSpan> Spans { get; }

    public bool IsLive(SpanFacts span) => _live.Contains(span.Identity);

    public StoredSpan? Find(ulong spanId) => _byId.TryGetValue(spanId, out var span) ? span : null;

    public StoredSpan? ParentOf(SpanFacts span) =>
        span.ParentSpanId == 0 || span.ParentSpanId == span.SpanId ? null : Find(span.ParentSpanId);

    public IReadOnlyList<StoredSpan> ChildrenOf(SpanFacts span) => _children.TryGetValue(span.SpanId, out var children) ? children : [];
}
