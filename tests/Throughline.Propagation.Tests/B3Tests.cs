using System.Diagnostics;
using OpenTelemetry.Context.Propagation;
using Throughline.Propagation.Fuzz;

namespace Throughline.Propagation.Tests;

/// <summary>B3 in both forms.</summary>
public sealed class B3Tests
{
    private static readonly ContextPropagator Single = new(new B3Propagator(singleHeader: true));
    private static readonly ContextPropagator Multi = new(new B3Propagator());
    private static readonly ContextPropagator[] Both = [Single, Multi];

    [Fact]
    public void The_single_form_is_written()
    {
        MessageHeaders headers = Headers.Of(("traceparent", "old"), ("X-B3-TraceId", "old"), ("baggage", "theirs=1"));

        Single.Inject(Contexts.Sampled, default, headers);

        Assert.Equal(["baggage: theirs=1", $"b3: {Contexts.TraceId}-{Contexts.SpanId}-1"], headers.Lines());
    }

    [Fact]
    public void The_separate_form_is_written()
    {
        MessageHeaders headers = Headers.Of(("b3", "old"), ("x-b3-flags", "1"), ("x-b3-traceid", "old"));

        Multi.Inject(Contexts.With(null, ActivityTraceFlags.None), default, headers);

        Assert.Equal(
            [$"X-B3-TraceId: {Contexts.TraceId}", $"X-B3-SpanId: {Contexts.SpanId}", "X-B3-Sampled: 0"], headers.Lines());
    }

    [Fact]
    public void Without_a_context_nothing_is_written()
    {
        MessageHeaders headers = Headers.Of(("b3", "theirs"));

        Single.Inject(default, default, headers);

        Assert.Equal(["b3: theirs"], headers.Lines());
    }

    [Theory]
    [InlineData("1", ActivityTraceFlags.Recorded)]
    [InlineData("0", ActivityTraceFlags.None)]
    [InlineData("d", ActivityTraceFlags.Recorded)]
    [InlineData("1-05e3ac9a4f6e3b90", ActivityTraceFlags.Recorded)]
    public void The_single_form_is_read_whichever_form_is_written(string rest, ActivityTraceFlags flags)
    {
        Assert.All(Both, b3 =>
        {
            ActivityContext read = b3.Extract(Headers.Of(("b3", $"{Contexts.TraceId}-{Contexts.SpanId}-{rest}"))).ToActivityContext();
            Assert.Equal(Contexts.With(null, flags), read);
            Assert.True(read.IsRemote);
        });
    }

    [Fact]
    public void A_deferred_decision_is_read_as_not_sampled()
    {
        Assert.Equal(
            Contexts.With(null, ActivityTraceFlags.None),
            Single.Extract(Headers.Of(("b3", $"{Contexts.TraceId}-{Contexts.SpanId}"))).ToActivityContext());
        Assert.Equal(
            Contexts.With(null, ActivityTraceFlags.None),
            Multi.Extract(Headers.Of(("X-B3-TraceId", Contexts.TraceId), ("X-B3-SpanId", Contexts.SpanId))).ToActivityContext());
    }

    [Fact]
    public void A_trace_id_of_64_bits_gets_zeros_before_it()
    {
        TraceParent expected = new(0xa3ce929d0e0e4736, 0x00f067aa0ba902b7, ActivityTraceFlags.Recorded);

        Assert.Equal(expected, Single.Extract(Headers.Of(("b3", "a3ce929d0e0e4736-00f067aa0ba902b7-1"))).Trace);
        Assert.Equal(expected, Multi.Extract(Separate("a3ce929d0e0e4736", Contexts.SpanId, "1")).Trace);
    }

    [Theory]
    [InlineData("1", null, ActivityTraceFlags.Recorded)]
    [InlineData("0", null, ActivityTraceFlags.None)]
    [InlineData("true", null, ActivityTraceFlags.Recorded)]
    [InlineData("False", null, ActivityTraceFlags.None)]
    [InlineData("0", "1", ActivityTraceFlags.Recorded)]
    [InlineData("1", "0", ActivityTraceFlags.Recorded)]
    public void The_separate_form_is_read_in_both_spellings(string sampled, string? debug, ActivityTraceFlags flags)
    {
        List<(string, string)> headers =
        [
            ("X-B3-TraceId", Contexts.TraceId), ("X-B3-SpanId", Contexts.SpanId), ("X-B3-ParentSpanId", "junk"), ("X-B3-Sampled", sampled),
        ];
        if (debug is not null)
        {
            headers.Add(("X-B3-Flags", debug));
        }

        MessageHeaders lower = Headers.Of([.. headers.Select(header => (header.Item1.ToLowerInvariant(), header.Item2))]);

        Assert.All(Both, b3 => Assert.Equal(Contexts.With(null, flags), b3.Extract(Headers.Of([.. headers])).ToActivityContext()));
        Assert.All(Both, b3 => Assert.Equal(Contexts.With(null, flags), b3.Extract(lower).ToActivityContext()));
    }

    [Fact]
    public void The_two_spellings_are_not_mixed_into_one_context()
    {
        using RefusalLog log = new();

        Assert.False(Multi.Extract(Headers.Of(("X-B3-TraceId", Contexts.TraceId), ("x-b3-spanid", Contexts.SpanId))).HasTrace);
        Assert.Equal(["b3_malformed"], log.Causes);
    }

    [Fact]
    public void The_single_form_rules_where_both_are_there()
    {
        MessageHeaders headers = Separate("11111111111111111111111111111111", "2222222222222222", "0");
        headers.Set("b3", System.Text.Encoding.ASCII.GetBytes($"{Contexts.TraceId}-{Contexts.SpanId}-1"));

        Assert.Equal(Contexts.SampledWithoutState, Multi.Extract(headers).ToActivityContext());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("d")]
    public void A_decision_alone_is_no_context_and_no_fault_and_rules_all_the_same(string decision)
    {
        MessageHeaders headers = Separate(Contexts.TraceId, Contexts.SpanId, "1");
        headers.Set("b3", System.Text.Encoding.ASCII.GetBytes(decision));
        using RefusalLog log = new();

        Assert.False(Single.Extract(headers).HasTrace);
        Assert.False(Multi.Extract(Headers.Of(("X-B3-Sampled", decision))).HasTrace);
        Assert.Empty(log.Causes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("-")]
    [InlineData(Contexts.TraceId)]
    [InlineData(Contexts.TraceId + "-")]
    [InlineData(Contexts.TraceId + "-" + Contexts.SpanId + "-")]
    [InlineData(Contexts.TraceId + "-" + Contexts.SpanId + "-2")]
    [InlineData(Contexts.TraceId + "-" + Contexts.SpanId + "-1-")]
    [InlineData(Contexts.TraceId + "-" + Contexts.SpanId + "-1-junk")]
    [InlineData(Contexts.TraceId + "-" + Contexts.SpanId + "-1-05e3ac9a4f6e3b90-")]
    [InlineData(Contexts.TraceId + "-" + Contexts.SpanId + "-1-05e3ac9a4f6e3b90-1")]
    [InlineData("4BF92F3577B34DA6A3CE929D0E0E4736-" + Contexts.SpanId + "-1")]
    [InlineData("bf92f3577b34da6a3ce929d0e0e4736-" + Contexts.SpanId + "-1")]
    [InlineData("00000000000000000000000000000000-" + Contexts.SpanId + "-1")]
    [InlineData("0000000000000000-" + Contexts.SpanId + "-1")]
    [InlineData(Contexts.TraceId + "-0000000000000000-1")]
    [InlineData(Contexts.TraceId + "-00f067aa0ba902b\u00e9-1")]
    public void A_malformed_single_form_is_counted_and_lends_nothing_to_the_separate_one(string b3)
    {
        using RefusalLog log = new();

        Assert.False(Single.Extract(Headers.Of(("b3", b3))).HasTrace);
        Assert.Equal(["b3_malformed"], log.Causes);

        MessageHeaders both = Separate("11111111111111111111111111111111", "2222222222222222", "0");
        both.Set("b3", System.Text.Encoding.UTF8.GetBytes(b3));
        Assert.Equal("00-11111111111111111111111111111111-2222222222222222-00", Single.Extract(both).Trace.ToString());
    }

    [Theory]
    [InlineData(Contexts.TraceId, null, "1")]
    [InlineData(null, Contexts.SpanId, "1")]
    [InlineData(Contexts.TraceId, Contexts.SpanId, "yes")]
    [InlineData(Contexts.TraceId, "00F067AA0BA902B7", "1")]
    [InlineData("4bf92f3577b34da6", "0000000000000000", "1")]
    public void A_malformed_separate_form_is_counted_and_no_context(string? traceId, string? spanId, string sampled)
    {
        using RefusalLog log = new();

        Assert.False(Multi.Extract(Separate(traceId, spanId, sampled)).HasTrace);
        Assert.Equal(["b3_malformed"], log.Causes);
    }

    [Fact]
    public void A_context_that_another_propagator_found_stays()
    {
        ContextPropagator composite = new(new CompositeTextMapPropagator([new TraceContextPropagator(), new B3Propagator()]));
        MessageHeaders headers = Separate("11111111111111111111111111111111", "2222222222222222", "0");
        headers.Set("traceparent", System.Text.Encoding.ASCII.GetBytes(Contexts.TraceParent));

        Assert.Equal(Contexts.SampledWithoutState, composite.Extract(headers).ToActivityContext());
    }

    [Fact]
    public void The_fields_are_those_that_are_written()
    {
        Assert.Equal(["b3"], new B3Propagator(singleHeader: true).Fields);
        Assert.Equal(["X-B3-Sampled", "X-B3-SpanId", "X-B3-TraceId"], new B3Propagator().Fields.Order(StringComparer.Ordinal));
    }

    private static MessageHeaders Separate(string? traceId, string? spanId, string sampled)
    {
        List<(string, string)> headers = [("X-B3-Sampled", sampled)];
        if (traceId is not null)
        {
            headers.Add(("X-B3-TraceId", traceId));
        }

        if (spanId is not null)
        {
            headers.Add(("X-B3-SpanId", spanId));
        }

        return Headers.Of([.. headers]);
    }
}
