using System.Diagnostics;

namespace Throughline.Testing.Internal;

/// <summary>The spans of one trace in the order and with the lines of a drawn tree. Ends whatever the parents are.</summary>
internal sealed class TraceForest
{
    // Deeper spans are drawn at this depth: a line must stay readable, and a chain of a thousand must not cost a million characters.
    private const int DepthMax = 40;

    private readonly List<RecordedSpan> _spans;
    private readonly ILookup<ActivitySpanId, RecordedSpan> _children;
    private readonly HashSet<ActivitySpanId> _ids;
    private readonly HashSet<RecordedSpan> _visited = new(ReferenceEqualityComparer.Instance);

    public TraceForest(IEnumerable<RecordedSpan> spans)
    {
        _spans = [.. spans];
        _children = _spans.ToLookup(s => s.ParentSpanId);
        _ids = [.. _spans.Select(s => s.SpanId)];
    }

    public IEnumerable<TraceNode> Walk()
    {
        // 1. From the top: roots, and orphans beside them.
        var tops = _spans.Where(s => s.IsRoot || !_ids.Contains(s.ParentSpanId)).ToList();
        foreach (var top in tops)
        {
            foreach (var node in Below(top, top.IsRoot ? TracePlace.Regular : TracePlace.Orphan))
            {
                yield return node;
            }
        }

        // 2. What no top leads to is a cycle, or hangs on one.
        foreach (var span in _spans)
        {
            if (!_visited.Contains(span))
            {
                foreach (var node in Below(span, TracePlace.Cycle))
                {
                    yield return node;
                }
            }
        }
    }

    private IEnumerable<TraceNode> Below(RecordedSpan top, TracePlace place)
    {
        var open = new Stack<(RecordedSpan Span, string Left, int Depth, bool IsLast)>();
        open.Push((top, "", 0, true));
        while (open.TryPop(out var next))
        {
            if (!_visited.Add(next.Span))
            {
                continue;
            }

            var isTop = next.Depth == 0;
            var branch = next.IsLast ? "└─ " : "├─ ";
            yield return new TraceNode(next.Span, next.Left + branch, isTop ? place : TracePlace.Regular);

            var left = next.Depth >= DepthMax ? next.Left : next.Left + (next.IsLast ? "   " : "│  ");
            var children = _children[next.Span.SpanId].Where(child => !_visited.Contains(child)).ToList();
            for (var i = children.Count - 1; i >= 0; i--)
            {
                open.Push((children[i], left, next.Depth + 1, i == children.Count - 1));
            }
        }
    }
}
