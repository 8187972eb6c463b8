using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Throughline.Propagation.Fuzz;

namespace Throughline.Propagation.Tests;

/// <summary>Propagators that are not the W3C's: called through the carrier, and contained.</summary>
public sealed class ForeignPropagatorTests
{
    [Fact]
    public void It_writes_through_the_carrier_in_the_place_of_every_stale_header()
    {
        ScriptedPropagator custom = new()
        {
            Names = new HashSet<string> { "uber-trace-id" },
            InjectScript = (context, set) => set("uber-trace-id", $"{context.ActivityContext.TraceId}:\u00e9"),
        };
        MessageHeaders headers = Headers.Of(
            ("uber-trace-id", "old"), ("traceparent", "old"), ("mine", "1"), ("uber-trace-id", "older"), ("baggage", "theirs=1"));
        ContextPropagator propagator = new(custom);

        propagator.Inject(Contexts.Sampled, default, headers);

        Assert.Equal(["mine: 1", "baggage: theirs=1", $"uber-trace-id: {Contexts.TraceId}:\u00e9"], headers.Lines());
        Assert.True(propagator.IsContextHeader("uber-trace-id"));
        Assert.True(propagator.IsContextHeader("traceparent"));
        Assert.False(propagator.IsContextHeader("baggage"));
    }

    [Fact]
    public void It_sees_the_last_value_of_a_name_and_nothing_else()
    {
        List<string[]> seen = [];
        ScriptedPropagator custom = new()
        {
            ExtractScript = (context, get) =>
            {
                seen.Add([.. get("k")!]);
                seen.Add([.. get("absent")!]);
                seen.Add([.. get(null!)!]);
                return new PropagationContext(Contexts.Sampled, default(Baggage).SetBaggage("read", "1"));
            },
        };

        ExtractedContext extracted = new ContextPropagator(custom).Extract(Headers.Of(("k", "first"), ("k", "last")));

        Assert.Equal([["last"], [], []], seen);
        Assert.Equal(Contexts.Sampled, extracted.ToActivityContext());
        Assert.Equal("1", extracted.Baggage.GetBaggage("read"));
    }

    [Fact]
    public void The_SDKs_own_trace_propagator_takes_the_last_traceparent_through_a_composite()
    {
        // By itself it refuses a carrier that hands it two.
        ContextPropagator mixed = new(new CompositeTextMapPropagator([new TraceContextPropagator(), new B3Propagator()]));

        ExtractedContext extracted = mixed.Extract(Headers.Of(("traceparent", "broken"), ("traceparent", Contexts.TraceParent)));

        Assert.Equal(Contexts.SampledWithoutState, extracted.ToActivityContext());
    }

    [Fact]
    public void One_that_throws_on_extract_extracts_nothing()
    {
        using RefusalLog log = new();
        ScriptedPropagator broken = new() { ExtractScript = (_, _) => throw new InvalidOperationException("broken") };
        CompositeTextMapPropagator half = new([new TraceContextPropagator(), broken]);

        ExtractedContext extracted = new ContextPropagator(half).Extract(Headers.Of(("traceparent", Contexts.TraceParent)));

        Assert.False(extracted.HasTrace);
        Assert.Equal(["propagator_extract_failed"], log.Causes);
    }

    [Fact]
    public void One_that_throws_on_inject_leaves_neither_the_old_context_nor_half_a_new_one()
    {
        using RefusalLog log = new();
        ScriptedPropagator broken = new()
        {
            Names = new HashSet<string> { "custom" },
            InjectScript = (_, set) =>
            {
                set("custom", "half");
                throw new InvalidOperationException("broken");
            },
        };
        CompositeTextMapPropagator half = new([new TraceContextPropagator(), broken]);
        MessageHeaders headers = Headers.Of(("traceparent", "old"), ("tracestate", "old=1"), ("custom", "old"), ("mine", "1"));

        new ContextPropagator(half).Inject(Contexts.Sampled, default, headers);

        Assert.Equal(["mine: 1"], headers.Lines());
        Assert.Equal(["propagator_inject_failed"], log.Causes);
    }

    [Fact]
    public void With_nothing_to_say_it_is_asked_but_the_carrier_is_not_cleared()
    {
        ScriptedPropagator tenant = new()
        {
            Names = new HashSet<string> { "tenant" },
            InjectScript = (_, set) => set("tenant", "acme"),
        };
        MessageHeaders headers = Headers.Of(("traceparent", Contexts.TraceParent), ("tenant", "old"));

        new ContextPropagator(tenant).Inject(default, default, headers);

        Assert.Equal([$"traceparent: {Contexts.TraceParent}", "tenant: acme"], headers.Lines());
    }

    [Fact]
    public void One_that_does_not_tell_its_fields_or_throws_when_asked_is_taken_for_one_of_traces()
    {
        ScriptedPropagator silent = new() { InjectScript = (_, set) => set("custom", "1") };
        ScriptedPropagator throwing = new()
        {
            FieldsScript = () => throw new InvalidOperationException("broken"),
            InjectScript = (_, set) => set("custom", "1"),
        };

        Assert.All([silent, throwing], custom =>
        {
            MessageHeaders headers = Headers.Of(("traceparent", "old"), ("baggage", "theirs=1"));
            new ContextPropagator(custom).Inject(Contexts.Sampled, default, headers);
            Assert.Equal(["baggage: theirs=1", "custom: 1"], headers.Lines());
        });
    }

    [Fact]
    public void One_that_writes_baggage_has_stale_baggage_replaced()
    {
        ScriptedPropagator custom = new()
        {
            Names = new HashSet<string> { "baggage" },
            InjectScript = (context, set) => set("other", context.Baggage.Count.ToString()),
        };
        MessageHeaders headers = Headers.Of(("traceparent", "theirs"), ("baggage", "old=1"));

        new ContextPropagator(custom).Inject(default, default(Baggage).SetBaggage("k", "v"), headers);

        Assert.Equal(["traceparent: theirs", "other: 1"], headers.Lines());
    }

    [Fact]
    public void A_carrier_that_throws_is_contained_in_both_directions()
    {
        using RefusalLog log = new();
        Dictionary<string, int> attributes = new(StringComparer.Ordinal) { ["traceparent"] = 1, ["mine"] = 2 };
        AttributeHeaders<int> carrier = new(
            attributes, _ => throw new InvalidOperationException("read"), _ => throw new InvalidOperationException("write"));

        ExtractedContext extracted = Propagating.W3C.Extract(carrier);
        Propagating.W3C.Inject(Contexts.Sampled, default, carrier);

        Assert.False(extracted.HasTrace);
        Assert.Equal(["mine"], attributes.Keys);
        Assert.Equal(["carrier_failed", "carrier_failed"], log.Causes);
    }

    [Fact]
    public void A_carrier_that_cannot_even_be_cleared_is_left_as_it_is()
    {
        IDictionary<string, string> readOnly = new Dictionary<string, string>(StringComparer.Ordinal) { ["traceparent"] = "old" }.AsReadOnly();

        Propagating.W3C.Inject(Contexts.Sampled, default, new TextHeaders(readOnly));

        Assert.Equal("old", readOnly["traceparent"]);
    }
}
