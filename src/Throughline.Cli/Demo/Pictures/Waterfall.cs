using Throughline.Cli.Demo.Traces;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo.Pictures;

/// <summary>Draws orders as waterfalls: time to the right, a row a span, the wait in the topic as its own thin bar.</summary>
internal sealed class Waterfall(TextWriter output, Screen screen)
{
    private readonly Ink _ink = new(screen.Colour);
    private readonly Glyphs _glyphs = screen.Glyphs;
    private readonly List<string> _services = [];

    /// <summary>Draws the orders below each other, on the same columns.</summary>
    public void Write(IReadOnlyList<OrderTrace> orders)
    {
        var drawn = orders
            .Select(order => (Order: order, Rows: WaterfallRows.Of(order, _glyphs)))
            .Where(it => it.Rows.Count > 0)
            .ToArray();
        if (drawn.Length == 0)
        {
            return;
        }

        var layout = WaterfallLayout.For([.. drawn.SelectMany(it => it.Rows)], screen.Width);
        foreach (var (order, rows) in drawn)
        {
            var axis = new TimeAxis(
                rows.Min(row => row.FromUnixNano), rows.Max(row => row.UntilUnixNano), layout.Bars, _glyphs);
            WriteTitle(order);
            output.WriteLine(_ink.Dim(new string(' ', screen.Width - layout.Bars) + axis.Scale()));
            foreach (var row in rows)
            {
                output.WriteLine(Draw(row, layout, axis).TrimEnd());
            }

            output.WriteLine();
        }
    }

    private void WriteTitle(OrderTrace order)
    {
        var mark = order.IsWhole ? _ink.Good(_glyphs.Whole) : _ink.Bad(_glyphs.Broken);
        var state = order.IsWhole ? _ink.Good("one trace") : _ink.Bad("broken");
        output.WriteLine($"{mark} {_ink.Bold($"order {order.OrderId}")} {_glyphs.Dot} {state}");
        output.WriteLine(_ink.Dim($"  trace {order.TraceId}"));
        foreach (var it in order.Breaks)
        {
            output.WriteLine(_ink.Bad($"  {TraceBreaks.Describe(it)}"));
        }
    }

    private string Draw(WaterfallRow row, WaterfallLayout layout, TimeAxis axis)
    {
        if (row.Kind == RowKind.Cut)
        {
            var text = $"{_glyphs.Cut} {row.Name} ";
            return _ink.Bad(text.PadRight(screen.Width, _glyphs.Rule));
        }

        var tree = _ink.Dim(row.Tree);
        var name = Fit(row.Name, layout.Name - row.Tree.Length);
        var owner = Fit(row.Owner, layout.Owner);
        var duration = row.Duration.PadLeft(layout.Duration);
        if (row.Kind == RowKind.Wait)
        {
            return tree + _ink.Dim($"{name} {owner} {duration} {axis.Wait(row.FromUnixNano, row.UntilUnixNano)}");
        }

        var service = ServiceIndex(row.Owner);
        var bar = axis.Work(row.FromUnixNano, row.UntilUnixNano);
        return $"{tree}{(row.Failed ? _ink.Bad(name) : name)} {_ink.Service(owner, service)} {duration} "
            + (row.Failed ? _ink.Bad(bar) : _ink.Service(bar, service));
    }

    private int ServiceIndex(string service)
    {
        if (!_services.Contains(service))
        {
            _services.Add(service);
        }

        return _services.IndexOf(service);
    }

    private string Fit(string text, int width) =>
        text.Length <= width ? text.PadRight(width) : text[..Math.Max(0, width - 1)] + _glyphs.Ellipsis;
}
