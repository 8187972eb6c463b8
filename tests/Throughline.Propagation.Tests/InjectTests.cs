using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Throughline.Propagation.Fuzz;

namespace Throughline.Propagation.Tests;

/// <summary>What an inject leaves in a carrier, by what there is to say and what the carrier had.</summary>
public sealed class InjectTests
{
    private static readonly ContextPropagator W3C = Propagating.W3C;
    private static readonly Baggage SomeBaggage = default(Baggage).SetBaggage("tenant", "a b");

    [Fact]
    public void Trace_context_and_baggage_are_written()
    {
        Dictionary<string, string> headers = [];

        W3C.Inject(Contexts.Sampled, SomeBaggage, new TextHeaders(headers));

        Assert.Equal(Contexts.TraceParent, headers["traceparent"]);
        Assert.Equal(Contexts.TraceState, headers["tracestate"]);
        Assert.Equal("tenant=a%20b", headers["baggage"]);
        Assert.Equal(3, headers.Count);
    }

    [Fact]
    public void Every_stale_header_of_another_trace_goes()
    {
        Dictionary<string, string> headers = StaleHeaders();

        W3C.Inject(Contexts.SampledWithoutState, default, new TextHeaders(headers));

        Assert.Equal(["mine", "traceparent"], headers.Keys.Order());
        Assert.Equal(Contexts.TraceParent, headers["traceparent"]);
    }

    [Fact]
    public void With_nothing_to_say_the_carrier_stays_as_it_is()
    {
        Dictionary<string, string> headers = StaleHeaders();

        W3C.Inject(default, default, new TextHeaders(headers));

        Assert.Equal(StaleHeaders(), headers);
    }

    [Fact]
    public void Baggage_alone_replaces_baggage_alone()
    {
        Dictionary<string, string> headers = StaleHeaders();

        W3C.Inject(default, SomeBaggage, new TextHeaders(headers));

        Dictionary<string, string> expected = StaleHeaders();
        expected["baggage"] = "tenant=a%20b";
        Assert.Equal(expected, headers);
    }

    [Fact]
    public void A_context_of_zero_ids_is_nothing_to_say()
    {
        ActivityContext zero = new(
            ActivityTraceId.CreateFromBytes(new byte[16]), ActivitySpanId.CreateFromBytes(new byte[8]), ActivityTraceFlags.Recorded);
        Dictionary<string, string> headers = StaleHeaders();

        W3C.Inject(zero, default, new TextHeaders(headers));

        Assert.Equal(StaleHeaders(), headers);
    }

    [Fact]
    public void Repeated_headers_become_one()
    {
        MessageHeaders headers = Headers.Of(
            ("traceparent", "old"), ("mine", "1"), ("traceparent", "older"), ("baggage", "a=1"), ("mine", "2"), ("baggage", "b=2"));

        W3C.Inject(Contexts.Sampled, SomeBaggage, headers);
        W3C.Inject(Contexts.Sampled, SomeBaggage, headers);

        Assert.Equal(
            ["mine: 1", "mine: 2", $"traceparent: {Contexts.TraceParent}", $"tracestate: {Contexts.TraceState}", "baggage: tenant=a%20b"],
            headers.Lines());
    }

    [Fact]
    public void On_a_carrier_vouched_for_as_clean_the_same_is_written()
    {
        MessageHeaders headers = Headers.Of(("mine", "1"));

        W3C.Inject(Contexts.Sampled, SomeBaggage, headers, carrierIsClean: true);

        Assert.Equal(
            ["mine: 1", $"traceparent: {Contexts.TraceParent}", $"tracestate: {Contexts.TraceState}", "baggage: tenant=a%20b"],
            headers.Lines());
    }

    [Fact]
    public void With_trace_context_only_baggage_is_left_alone()
    {
        MessageHeaders headers = Headers.Of(("baggage", "theirs=1"), ("tracestate", "old=1"));

        new ContextPropagator(new TraceContextPropagator()).Inject(Contexts.SampledWithoutState, SomeBaggage, headers);

        Assert.Equal(["baggage: theirs=1", $"traceparent: {Contexts.TraceParent}"], headers.Lines());
    }

    [Fact]
    public void With_baggage_only_the_trace_is_left_alone()
    {
        MessageHeaders headers = Headers.Of(("traceparent", "theirs"), ("b3", "0"), ("baggage", "old=1"));

        new ContextPropagator(new BaggagePropagator()).Inject(Contexts.Sampled, default, headers);

        Assert.Equal(["traceparent: theirs", "b3: 0"], headers.Lines());
    }

    [Fact]
    public void With_none_nothing_is_touched_and_nothing_is_read()
    {
        ContextPropagator none = new(new CompositeTextMapPropagator([]));
        MessageHeaders headers = Headers.Of(("traceparent", Contexts.TraceParent), ("baggage", "old=1"));

        none.Inject(Contexts.Sampled, SomeBaggage, headers);
        ExtractedContext extracted = none.Extract(headers);

        Assert.True(none.InjectsNothing);
        Assert.False(none.IsContextHeader("traceparent"));
        Assert.Equal([$"traceparent: {Contexts.TraceParent}", "baggage: old=1"], headers.Lines());
        Assert.False(extracted.HasTrace);
        Assert.Equal(default, extracted.Baggage);
    }

    [Fact]
    public void The_names_that_an_inject_replaces_or_drops_are_told()
    {
        Assert.All(StaleHeaders().Keys, name => Assert.Equal(name != "mine", W3C.IsContextHeader(name)));
        Assert.False(W3C.IsContextHeader("Traceparent"));
        Assert.False(new ContextPropagator(new TraceContextPropagator()).IsContextHeader("baggage"));
        Assert.False(new ContextPropagator(new BaggagePropagator()).IsContextHeader("traceparent"));
        Assert.False(W3C.InjectsNothing);
    }

    private static Dictionary<string, string> StaleHeaders() => new(StringComparer.Ordinal)
    {
        ["mine"] = "kept",
        ["traceparent"] = "00-11111111111111111111111111111111-2222222222222222-00",
        ["tracestate"] = "old=1",
        ["baggage"] = "old=1",
        ["b3"] = "11111111111111111111111111111111-2222222222222222-0",
        ["X-B3-TraceId"] = "11111111111111111111111111111111",
        ["X-B3-SpanId"] = "2222222222222222",
        ["X-B3-ParentSpanId"] = "3333333333333333",
        ["X-B3-Sampled"] = "0",
        ["X-B3-Flags"] = "1",
        ["x-b3-traceid"] = "11111111111111111111111111111111",
        ["x-b3-spanid"] = "2222222222222222",
        ["x-b3-parentspanid"] = "3333333333333333",
        ["x-b3-sampled"] = "0",
        ["x-b3-flags"] = "1",
    };
}
