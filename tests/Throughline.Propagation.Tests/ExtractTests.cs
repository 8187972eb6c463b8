using System.Diagnostics;
using System.Text;
using OpenTelemetry.Context.Propagation;
using Throughline.Propagation.Fuzz;

namespace Throughline.Propagation.Tests;

/// <summary>What an extract takes from a carrier, and what it refuses.</summary>
public sealed class ExtractTests
{
    private const string OtherTraceParent = "00-11111111111111111111111111111111-2222222222222222-00";

    private static readonly ContextPropagator W3C = Propagating.W3C;

    [Fact]
    public void Trace_context_and_baggage_are_read()
    {
        ExtractedContext extracted = W3C.Extract(Headers.Of(
            ("traceparent", Contexts.TraceParent), ("tracestate", Contexts.TraceState), ("baggage", "tenant=a%20b")));

        Assert.True(extracted.HasTrace);
        Assert.Equal(Contexts.Sampled, extracted.ToActivityContext());
        Assert.True(extracted.ToActivityContext().IsRemote);
        Assert.Equal("a b", extracted.Baggage.GetBaggage("tenant"));
        Assert.Equal(new PropagationContext(Contexts.Sampled, extracted.Baggage), extracted.ToPropagationContext());
    }

    [Fact]
    public void From_no_headers_nothing_is_read_and_nothing_counted()
    {
        using RefusalLog log = new();

        ExtractedContext extracted = W3C.Extract(Headers.Of(("mine", "1")));

        Assert.False(extracted.HasTrace);
        Assert.Equal(default, extracted.ToActivityContext());
        Assert.Equal(0, extracted.Baggage.Count);
        Assert.Empty(log.Causes);
    }

    [Fact]
    public void Of_several_headers_the_last_one_wins()
    {
        ExtractedContext extracted = W3C.Extract(Headers.Of(
            ("traceparent", OtherTraceParent),
            ("tracestate", "old=1"),
            ("baggage", "k=old,other=1"),
            ("traceparent", Contexts.TraceParent),
            ("tracestate", Contexts.TraceState),
            ("baggage", "k=new")));

        Assert.Equal(Contexts.Sampled, extracted.ToActivityContext());
        Assert.Equal([new("k", "new")], extracted.Baggage.GetBaggage());
    }

    [Fact]
    public void A_malformed_last_traceparent_does_not_fall_back_to_an_earlier_one()
    {
        Assert.False(W3C.Extract(Headers.Of(("traceparent", OtherTraceParent), ("traceparent", "broken"))).HasTrace);
    }

    [Theory]
    [MemberData(nameof(TraceParentTests.Malformed), MemberType = typeof(TraceParentTests))]
    public void A_malformed_traceparent_costs_its_tracestate_but_not_the_baggage(string traceParent)
    {
        using RefusalLog log = new();

        ExtractedContext extracted = W3C.Extract(Headers.Of(
            ("traceparent", traceParent), ("tracestate", Contexts.TraceState), ("baggage", "k=v")));

        Assert.False(extracted.HasTrace);
        Assert.Null(extracted.TraceState);
        Assert.Equal(default, extracted.ToActivityContext());
        Assert.Equal("v", extracted.Baggage.GetBaggage("k"));
        Assert.Equal(["traceparent_malformed"], log.Causes);
    }

    [Fact]
    public void A_tracestate_without_a_traceparent_is_dropped()
    {
        using RefusalLog log = new();

        ExtractedContext extracted = W3C.Extract(Headers.Of(("tracestate", Contexts.TraceState)));

        Assert.Null(extracted.TraceState);
        Assert.Equal(["tracestate_orphaned"], log.Causes);
    }

    [Fact]
    public void What_Java_and_Python_clients_wrote_to_Kafka_is_read()
    {
        // Observed on Kafka 4.3.1: the Java agent 2.30, and Python 1.45. Both set sampled and random.
        foreach (string header in new[]
        {
            "00-a089791ef1d00b034c087612d0b5443f-37681fb70a85e881-03",
            "00-c561ea2996de3e7aa2331babfa6b0bb5-61fdf267d2a09478-03",
        })
        {
            ActivityContext context = W3C.Extract(Headers.Of(("traceparent", header))).ToActivityContext();

            Assert.Equal(header, $"00-{context.TraceId}-{context.SpanId}-0{(int)context.TraceFlags}");
            Assert.Equal((ActivityTraceFlags)0x03, context.TraceFlags);
        }
    }

    [Fact]
    public void Text_and_bytes_read_alike()
    {
        Dictionary<string, string> text = new(StringComparer.Ordinal)
        {
            ["traceparent"] = Contexts.TraceParent,
            ["tracestate"] = Contexts.TraceState,
            ["baggage"] = "n=%F0%9F%98%80",
        };
        Dictionary<string, object?> bytes = text.ToDictionary(pair => pair.Key, pair => (object?)Encoding.UTF8.GetBytes(pair.Value));

        Assert.Equal(
            W3C.Extract(new TextHeaders(text)).ToPropagationContext(),
            W3C.Extract(new ByteHeaders(bytes)).ToPropagationContext());
    }

    [Fact]
    public void Only_the_parts_in_force_are_read()
    {
        MessageHeaders headers = Headers.Of(("traceparent", Contexts.TraceParent), ("baggage", "k=v"));

        Assert.Equal(0, new ContextPropagator(new TraceContextPropagator()).Extract(headers).Baggage.Count);
        Assert.False(new ContextPropagator(new BaggagePropagator()).Extract(headers).HasTrace);
        Assert.Equal("v", new ContextPropagator(new BaggagePropagator()).Extract(headers).Baggage.GetBaggage("k"));
    }
}
