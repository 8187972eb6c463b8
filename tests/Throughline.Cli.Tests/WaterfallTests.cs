using System.Text.RegularExpressions;
using Throughline.Cli.Demo.Pictures;
using Throughline.Cli.Demo.Traces;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Tests;

public partial class WaterfallTests
{
    [Fact]
    public void A_whole_order_is_one_tree_with_the_wait_between_send_and_process() => Assert.Equal(
        """
        ✓ order 01a1fe24-c5c4-7267-b46b-83ee72478667 · one trace
          trace 70464651d17b15ace5dd8b55fee23709
                                                            0                    20.0 ms
        POST /orders                order-service   10.0 ms ██████████████
        └ create_order              order-service    9.0 ms ▐████████████▌
          ├ INSERT orders           order-service    1.0 ms  ▐█
          └ send order-events       order-service    6.0 ms    ████████
            ┆ order-events[1]@5     · waited         6.0 ms            ├┄┄┄┄┄┄┄┤
            └ process order-events  notification-…   6.0 ms                    ▐████████
              └ process_order_event notification-…   5.0 ms                      ███████


        """,
        Draw(new OrderSpans().Judge(), width: 80));

    [Fact]
    public void A_broken_order_shows_where_the_trace_ends_and_the_orphan_begins() => Assert.Equal(
        """
        ✗ order 01a1fe24-c5c4-7267-b46b-83ee72478667 · broken
          trace 70464651d17b15ace5dd8b55fee23709
          process_order_event is in a trace of its own
                                                            0                    20.0 ms
        POST /orders            order-service       10.0 ms ██████████████
        └ create_order          order-service        9.0 ms ▐████████████▌
          ├ INSERT orders       order-service        1.0 ms  ▐█
          └ send order-events   order-service        6.0 ms    ████████
            ┆ order-events[1]@5 · waited             7.0 ms            ├┄┄┄┄┄┄┄┄┤
        ✂ the trace ends; an orphan follows, trace b8f6e2eb502a9ef4519cfa1892fe45a7 ────
        process_order_event     notification-serv…   5.0 ms                      ███████


        """,
        Draw(OrderSpans.Orphaned().Judge(), width: 80));

    [Fact]
    public void Ascii_is_enough_where_there_is_no_UTF8()
    {
        var picture = Draw(new OrderSpans().Judge(), width: 80, glyphs: Glyphs.Ascii);

        Assert.All(picture, character => Assert.True(character < 128, $"'{character}' is not ASCII"));
        Assert.Contains("|.......|", picture, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(140)]
    [InlineData(200)]
    public void Rows_fill_the_width_and_never_pass_it(int width)
    {
        var lines = Draw(new OrderSpans().Judge(), width).Split('\n');

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Equal(width, lines.Max(line => line.Length));
    }

    [Fact]
    public void A_wider_terminal_shows_services_in_full() =>
        Assert.Contains("notification-service", Draw(new OrderSpans().Judge(), width: 140), StringComparison.Ordinal);

    [Fact]
    public void Colour_adds_nothing_but_colour()
    {
        var plain = Draw(new OrderSpans().Judge(), width: 100);
        var coloured = Draw(new OrderSpans().Judge(), width: 100, colour: true);

        Assert.Contains("\e[36m", coloured, StringComparison.Ordinal);
        Assert.Contains("\e[35m", coloured, StringComparison.Ordinal);
        Assert.Equal(
            plain.Split('\n').Select(line => line.TrimEnd()),
            EscapeSequence().Replace(coloured, "").Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void Clock_skew_is_named_and_has_no_bar_before_the_begin()
    {
        var spans = new OrderSpans();
        spans.Process = spans.Process! with { StartUnixNano = OrderSpans.At(1) };

        var row = WaterfallRows.Of(spans.Judge(), Glyphs.Unicode).Single(it => it.Kind == RowKind.Wait);

        Assert.Equal("skew", row.Duration);
        Assert.Equal(row.FromUnixNano, row.UntilUnixNano);
    }

    [Fact]
    public void A_failed_span_is_red_and_nothing_else_is()
    {
        var spans = new OrderSpans();
        spans.Insert = spans.Insert with { Error = "disk full" };

        var red = Draw(spans.Judge(), width: 80, colour: true).Split('\n').Where(line => line.Contains("\e[31m", StringComparison.Ordinal));

        Assert.Contains("INSERT orders", Assert.Single(red), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_are_cut_where_the_bars_need_the_room()
    {
        var spans = new OrderSpans();
        spans.Insert = spans.Insert with { Name = "INSERT " + new string('x', 200) };

        Assert.All(Draw(spans.Judge(), width: 80).Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void An_order_without_any_span_has_no_picture() =>
        Assert.Empty(Draw(new SpanBook().Read(OrderSpans.OrderId), width: 80));

    private static string Draw(OrderTrace order, int width, bool colour = false, Glyphs? glyphs = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var screen = new Screen { Width = width, Colour = colour, Live = false, Glyphs = glyphs ?? Glyphs.Unicode };
        new Waterfall(output, screen).Write([order]);
        return output.ToString();
    }

    [GeneratedRegex("\e\\[\\d+m", RegexOptions.NonBacktracking)]
    private static partial Regex EscapeSequence();
}
