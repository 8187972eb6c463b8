using System.Diagnostics;

namespace Throughline.Testing.Tests;

public class TraceAssertionTests
{
    private static readonly RecordedSpan Send = Spans.Span(2, parent: 1, "send orders") with { Kind = ActivityKind.Producer };

    private static readonly RecordedSpan Process = Spans.Span(3, parent: 2, "process orders") with
    {
        Kind = ActivityKind.Consumer,
        Links = [Spans.LinkTo(2), Spans.LinkTo(7, trace: 2)],
        Status = ActivityStatusCode.Error,
        StatusDescription = "boom",
        Tags = new Dictionary<string, object?> { ["topic"] = "orders", ["partition"] = 2L, ["keys"] = new[] { "a", "b" }, ["none"] = null },
        Events = [new RecordedEvent("exception", default, new Dictionary<string, object?>())],
    };

    private static readonly RecordedSpan Elsewhere = Spans.Span(7, name: "send invoices", trace: 2);

    private static readonly RecordedTrace Trace = new(Spans.Trace(1), [Spans.Span(1, name: "POST /orders"), Send, Process, Elsewhere]);

    [Fact]
    public void What_is_so_passes()
    {
        Trace.HasSpans(3).AssertNoOrphans().Span("POST /orders").IsRoot().HasLinks(0).HasStatus(ActivityStatusCode.Unset);
        Trace.Span("process orders")
            .HasParent("send orders").HasParent(Send).HasParent(Send.Context)
            .HasLinkTo("send orders").HasLinkTo("send invoices").HasLinkTo(Send).HasLinkTo(Elsewhere.Context).HasLinks(2)
            .HasKind(ActivityKind.Consumer)
            .HasStatus(ActivityStatusCode.Error).HasStatus(ActivityStatusCode.Error, "boom")
            .HasTag("topic").HasTag("topic", "orders").HasTag("partition", 2).HasTag("partition", 2L)
            .HasTag("keys", new List<string> { "a", "b" }).HasTag("none").HasTag("none", null).HasNoTag("offset")
            .HasEvent("exception");
    }

    [Fact]
    public void What_is_otherwise_says_what_was_expected_and_what_there_is()
    {
        Fails("has no parent; its parent is \"send orders\" (0000000000000002).", s => s.IsRoot());
        Fails("has the parent \"POST /orders\"; its parent is \"send orders\" (0000000000000002).", s => s.HasParent("POST /orders"));
        Fails(
            $"has the parent {Spans.Trace(2)}/0000000000000007; its parent is {Spans.Trace(1)}/\"send orders\" (0000000000000002).",
            s => s.HasParent(Elsewhere));
        Fails("has a link to \"POST /orders\"; it has 2 links.", s => s.HasLinkTo("POST /orders"));
        Fails($"has a link to {Spans.Trace(1)}/0000000000000003; it has 2 links.", s => s.HasLinkTo(Process));
        Fails("has 1 links; it has 2 links.", s => s.HasLinks(1));
        Fails("is of kind Client; it is of kind Consumer.", s => s.HasKind(ActivityKind.Client));
        Fails("has status Ok; its status is Error \"boom\".", s => s.HasStatus(ActivityStatusCode.Ok));
        Fails("has status Error \"bang\"; its status is Error \"boom\".", s => s.HasStatus(ActivityStatusCode.Error, "bang"));
        Fails("has the tag offset; it has no such tag.", s => s.HasTag("offset"));
        Fails("has the tag offset = 1 (Int32); it has no such tag.", s => s.HasTag("offset", 1));
        Fails("has the tag partition = \"2\" (String); it is 2 (Int64).", s => s.HasTag("partition", "2"));
        Fails("has the tag keys = [\"a\"] (String[]); it is [\"a\", \"b\"] (String[]).", s => s.HasTag("keys", new[] { "a" }));
        Fails("has no tag topic; it is \"orders\" (String).", s => s.HasNoTag("topic"));
        Fails("has the event \"retry\"; it has exception.", s => s.HasEvent("retry"));
    }

    [Fact]
    public void Every_failure_ends_with_the_trace()
    {
        var failure = Assert.Throws<TraceAssertionException>(() => Trace.Span("process orders").IsRoot());

        Assert.EndsWith("\n" + TraceTree.Render(Trace.Spans), failure.Message, StringComparison.Ordinal);
        Assert.Contains("⇢ send orders/0000000000000002", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Span_that_is_missing_or_not_the_only_one_is_a_failure()
    {
        var twice = new RecordedTrace(Spans.Trace(1), [Send, Send with { SpanId = Spans.Id(9) }, Process with { HasEnded = false }]);

        Assert.StartsWith(
            "Expected one ended span named \"x\"; there is none.\n",
            Assert.Throws<TraceAssertionException>(() => twice.Span("x")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Expected one ended span named \"send orders\"; there are 2.\n",
            Assert.Throws<TraceAssertionException>(() => twice.Span("send orders")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Expected one ended span named \"process orders\"; there is none, but one has started.\n",
            Assert.Throws<TraceAssertionException>(() => twice.Span("process orders")).Message,
            StringComparison.Ordinal);
        Assert.Equal(Spans.Id(9), twice.Span("send orders", s => s.SpanId == Spans.Id(9)).Span.SpanId);
        Assert.Throws<TraceAssertionException>(() => twice.HasSpans(3));
    }

    [Fact]
    public void Orphan_is_a_failure_unless_its_parent_is_declared_or_still_runs()
    {
        var parent = Spans.Span(1, name: "POST /orders") with { HasEnded = false };

        var failure = Assert.Throws<TraceAssertionException>(() => new RecordedTrace(Spans.Trace(1), [Send]).AssertNoOrphans());

        Assert.StartsWith(
            "\"send orders\" is an orphan: its parent 0000000000000001 was not recorded.\n", failure.Message, StringComparison.Ordinal);
        new RecordedTrace(Spans.Trace(1), [Send]).AssertNoOrphans(Spans.Id(1));
        new RecordedTrace(Spans.Trace(1), [Send, parent]).AssertNoOrphans();
    }

    [Fact]
    public void Recorder_asserts_over_all_its_traces()
    {
        using var source = new ActivitySource($"TraceAssertionTests.{Guid.NewGuid():N}");
        using var recorder = SpanRecorder.Start(source.Name);
        Assert.Contains("recorded 0 traces", Assert.Throws<TraceAssertionException>(recorder.AssertSingleTrace).Message, StringComparison.Ordinal);

        using (source.StartActivity("outer"))
        {
            source.StartActivity("inner")!.Stop();
        }

        recorder.AssertSingleTrace().HasSpans(2).Span("inner").HasParent("outer");
        recorder.AssertNoOrphans();

        var remote = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        source.StartActivity("other", ActivityKind.Consumer, remote)!.Stop();

        Assert.Contains("recorded 2 traces", Assert.Throws<TraceAssertionException>(recorder.AssertSingleTrace).Message, StringComparison.Ordinal);
        Assert.Throws<TraceAssertionException>(() => recorder.AssertNoOrphans());
        recorder.AssertNoOrphans(remote.SpanId);
        recorder.Trace(remote.TraceId).Span("other").HasParent(remote);
    }

    private static void Fails(string message, Action<SpanAssertion> assertion)
    {
        var failure = Assert.Throws<TraceAssertionException>(() => assertion(Trace.Span("process orders")));
        Assert.StartsWith($"Expected that \"process orders\" (0000000000000003) {message}\n", failure.Message, StringComparison.Ordinal);
    }
}
