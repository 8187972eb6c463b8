using System.Diagnostics;

namespace Throughline.Testing.Tests;

public class TraceTreeTests
{
    [Fact]
    public void Trace_is_drawn_with_kinds_times_status_links_and_tags()
    {
        RecordedSpan[] spans =
        [
            Spans.Span(4, parent: 2, "process orders") with
            {
                Kind = ActivityKind.Consumer,
                Links = [Spans.LinkTo(2), Spans.LinkTo(7, trace: 9)],
                Status = ActivityStatusCode.Error,
                StatusDescription = "out of stock",
                Duration = TimeSpan.FromSeconds(2.25),
            },
            Spans.Span(1, name: "POST /orders") with { Kind = ActivityKind.Server, Status = ActivityStatusCode.Ok },
            Spans.Span(2, parent: 1, "send orders") with
            {
                Kind = ActivityKind.Producer,
                Duration = TimeSpan.FromMicroseconds(850),
                Tags = new Dictionary<string, object?> { ["destination"] = "orders", ["offset"] = 42L, ["seen"] = true },
            },
            Spans.Span(3, parent: 1, "INSERT") with { HasEnded = false },
        ];

        const string Expected = """
            trace 00000000000000000000000000000001 · 4 spans · 2.25 s
            └─ POST /orders [0000000000000001]  SERVER  1.5 ms  OK
               ├─ send orders [0000000000000002]  PRODUCER  850 µs  destination=orders  offset=42  seen=true
               │  └─ process orders [0000000000000004]  CONSUMER  2.25 s  ERROR "out of stock"  ⇢ send orders/0000000000000002  ⇢ 00000000000000000000000000000009/0000000000000007
               └─ INSERT [0000000000000003]  INTERNAL  still running
            """;
        Assert.Equal(Expected, TraceTree.Render(spans));
    }

    [Fact]
    public void Several_traces_stand_one_below_the_other_the_oldest_first()
    {
        var drawn = TraceTree.Render([Spans.Span(2, trace: 5), Spans.Span(1, trace: 6)]);

        Assert.Equal(["trace", "└─", "trace", "└─"], drawn.Split('\n').Select(l => l.Split(' ')[0]));
        Assert.StartsWith($"trace {Spans.Trace(6)}", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Span_without_its_parent_stands_at_the_top_and_says_so()
    {
        var drawn = TraceTree.Render([Spans.Span(1), Spans.Span(3, parent: 2)]);

        Assert.Contains("\n└─ span 3 [0000000000000003]  INTERNAL  1.5 ms  (parent 0000000000000002 not recorded)", drawn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2, 2, 1)]
    [InlineData(1, 2, 2, 3, 3, 1, 4, 3)]
    public void Spans_that_are_each_others_parents_are_drawn_once_and_say_so(params int[] idsAndParents)
    {
        var spans = idsAndParents.Chunk(2).Select(pair => Spans.Span(pair[0], pair[1])).ToList();

        var lines = TraceTree.Render(spans).Split('\n');

        Assert.Equal(spans.Count + 1, lines.Length);
        Assert.All(spans, span => Assert.Single(lines, line => line.Contains($"─ {span.Name} [", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.EndsWith("its parents lead back to itself)", StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_the_parents_are_every_span_is_drawn_once()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 500; round++)
        {
            // Ids from a small range: many spans share one, are their own parents, or form rings.
            var spans = Enumerable.Range(0, 20)
                .Select(n => Spans.Span(random.Next(1, 12), random.Next(0, 14), $"n{n}", trace: random.Next(1, 3)))
                .ToList();

            var lines = TraceTree.Render(spans).Split('\n');

            Assert.All(spans, span => Assert.Single(lines, line => line.Contains($"─ {span.Name} [", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Chain_of_many_spans_is_drawn_in_bounded_space()
    {
        var chain = Enumerable.Range(1, 20_000).Select(n => Spans.Span(n, n - 1));

        var drawn = TraceTree.Render(chain, new TraceTreeOptions { SpansMax = 1000 });

        Assert.EndsWith("\n… and 19000 more spans", drawn, StringComparison.Ordinal);
        Assert.InRange(drawn.Length, 1000, 300_000);
    }

    [Fact]
    public void Many_tags_links_and_long_texts_are_cut_and_counted()
    {
        var span = Spans.Span(1, name: new string('n', 500)) with
        {
            Tags = Enumerable.Range(0, 30).ToDictionary(n => $"tag{n}", object? (n) => new string('v', 1000)),
            Links = [.. Enumerable.Range(1, 30).Select(n => Spans.LinkTo(n, trace: 2))],
            StatusDescription = new string('s', 500),
        };

        var line = TraceTree.Render([span]).Split('\n')[1];

        Assert.Contains("+26 links", line, StringComparison.Ordinal);
        Assert.EndsWith("+22 tags", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 100, 1200);
    }

    [Fact]
    public void Control_characters_stay_out()
    {
        var drawn = TraceTree.Render([Spans.Span(1, name: "a\nb\u001b[2Jc")]);

        Assert.Equal(2, drawn.Split('\n').Length);
        Assert.DoesNotContain('\u001b', drawn);
    }

    [Fact]
    public void Chosen_tags_are_shown_in_the_chosen_order()
    {
        var span = Spans.Span(1) with { Tags = new Dictionary<string, object?> { ["a"] = 1, ["b"] = new[] { "x", "y" }, ["c"] = null } };

        var line = TraceTree.Render([span], new TraceTreeOptions { TagNames = ["c", "missing", "b"] });

        Assert.EndsWith("1.5 ms  c=null  b=[\"x\", \"y\"]", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_drawn_of_nothing() => Assert.Equal("", TraceTree.Render([]));
}
