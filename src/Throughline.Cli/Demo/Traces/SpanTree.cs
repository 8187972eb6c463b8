using Throughline.Cli.Demo.Otlp;

namespace Throughline.Cli.Demo.Traces;

/// <summary>The spans of one trace by parent; a span whose parent was not seen stands beside the root.</summary>
internal sealed class SpanTree
{
    private readonly Dictionary<string, TraceSpan> _byId = [];
    private readonly ILookup<string, TraceSpan> _byParent;

    public SpanTree(IEnumerable<TraceSpan> spans)
    {
        // Exporters may send a batch again whose answer got lost.
        foreach (var span in spans)
        {
            _byId.TryAdd(span.SpanId, span);
        }

        var ordered = _byId.Values.OrderBy(span => span.StartUnixNano).ThenBy(span => span.SpanId).ToArray();
        Spans = ordered;
        Tops = ordered.Where(span => ParentOf(span) is null).ToArray();
        _byParent = ordered.Where(span => ParentOf(span) is not null).ToLookup(span => span.ParentSpanId!);
    }

    /// <summary>Every span, by start.</summary>
    public IReadOnlyList<TraceSpan> Spans { get; }

    /// <summary>The root, and any span whose parent was not seen.</summary>
    public IReadOnlyList<TraceSpan> Tops { get; }

    /// <summary>True when no span names a parent that is not here, and at most one names none.</summary>
    public bool HasEveryParent => Spans.Count == 0 || Tops is [{ ParentSpanId: null }];

    public IEnumerable<TraceSpan> ChildrenOf(TraceSpan span) => _byParent[span.SpanId];

    public TraceSpan? ParentOf(TraceSpan span) =>
        span.ParentSpanId is { } parent && parent != span.SpanId ? _byId.GetValueOrDefault(parent) : null;

    /// <summary>The span's ancestors, nearest first.</summary>
    public IEnumerable<TraceSpan> AncestorsOf(TraceSpan span)
    {
        // A trace with a circle of parents is nonsense, but must not hang the reader.
        var stepsLeft = _byId.Count;
        for (var at = ParentOf(span); at is not null && stepsLeft > 0; at = ParentOf(at), stepsLeft--)
        {
            yield return at;
        }
    }
}
