using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Traces;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo.Pictures;

/// <summary>Lays an order's spans out as rows: a row each, children below their parent, the wait between send and process.</summary>
internal sealed class WaterfallRows
{
    private readonly List<WaterfallRow> _rows = [];
    private readonly OrderTrace _order;
    private readonly Glyphs _glyphs;
    private SpanTree _tree;

    private WaterfallRows(OrderTrace order, Glyphs glyphs)
    {
        _order = order;
        _glyphs = glyphs;
        _tree = order.Request;
    }

    public static IReadOnlyList<WaterfallRow> Of(OrderTrace order, Glyphs glyphs) =>
        new WaterfallRows(order, glyphs).Build();

    private List<WaterfallRow> Build()
    {
        AddTops(_order.Request);
        if (_order.Handling != _order.Request && _order.Handling.Spans.Count > 0)
        {
            AddCut();
            AddTops(_order.Handling);
        }

        return _rows;
    }

    private void AddTops(SpanTree tree)
    {
        _tree = tree;
        foreach (var top in tree.Tops)
        {
            AddSpan(top, branch: "", below: "");
        }
    }

    private void AddSpan(TraceSpan span, string branch, string below)
    {
        _rows.Add(new WaterfallRow(
            RowKind.Work, branch, span.Name, span.Service, Words.Duration(span.Duration), span.StartUnixNano, span.EndUnixNano)
        {
            Failed = span.Error is not null,
        });
        if (span == _order.Send && _order.Wait is { } wait)
        {
            AddWait(wait, below);
        }

        var children = _tree.ChildrenOf(span).ToArray();
        for (var i = 0; i < children.Length; i++)
        {
            var last = i == children.Length - 1;
            AddSpan(
                children[i], below + (last ? _glyphs.LastBranch : _glyphs.Branch), below + (last ? "  " : _glyphs.Trunk));
        }
    }

    private void AddWait(TopicWait wait, string below)
    {
        var duration = wait.Kind switch
        {
            TopicWaitKind.Measured => Words.Duration(wait.Duration),
            TopicWaitKind.TakenBeforeAcknowledged => "~0 ms",
            _ => "skew",
        };
        _rows.Add(new WaterfallRow(
            RowKind.Wait, below + _glyphs.WaitBranch, wait.Record, _glyphs.Dot + " waited", duration,
            wait.FromUnixNano, wait.UntilUnixNano));
    }

    private void AddCut()
    {
        var first = _order.Handling.Spans[0];
        var text = $"the trace ends; an orphan follows, trace {first.TraceId}";
        _rows.Add(new WaterfallRow(RowKind.Cut, "", text, "", "", first.StartUnixNano, first.StartUnixNano));
    }
}
