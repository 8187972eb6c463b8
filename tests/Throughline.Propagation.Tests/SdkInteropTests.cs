using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Tests;

/// <summary>What one writes the other reads: our own codec and the OpenTelemetry SDK's propagators.</summary>
public sealed class SdkInteropTests
{
    private const int Cases = 500;
    private static readonly Config Property = Config.QuickThrowOnFailure.WithMaxTest(Cases);

    [Fact]
    public void What_we_write_the_SDK_reads() => Check.One(Property, Prop.ForAll(Arbitrary.Contexts, context =>
    {
        Dictionary<string, string> headers = [];
        Propagating.W3C.Inject(context.ActivityContext, context.Baggage, new TextHeaders(headers));

        AssertSame(context, SdkRead(headers));
    }));

    [Fact]
    public void What_the_SDK_writes_we_read() => Check.One(Property, Prop.ForAll(Arbitrary.Contexts, context =>
    {
        Dictionary<string, string> headers = [];
        Propagating.SdkW3C.Inject(context, headers, static (carrier, name, value) => carrier[name] = value);

        AssertSame(context, Propagating.W3C.Extract(new TextHeaders(headers)).ToPropagationContext());
    }));

    [Fact]
    public void What_we_write_we_read_from_bytes() => Check.One(Property, Prop.ForAll(Arbitrary.Contexts, context =>
    {
        Fuzz.MessageHeaders headers = Headers.Of();
        Propagating.W3C.Inject(context.ActivityContext, context.Baggage, headers);

        AssertSame(context, Propagating.W3C.Extract(headers).ToPropagationContext());
    }));

    [Fact]
    public void Any_traceparent_is_judged_alike() => Check.One(Property, Prop.ForAll(Arbitrary.TraceParents, header =>
    {
        ActivityContext sdk = SdkRead(new(StringComparer.Ordinal) { ["traceparent"] = header }).ActivityContext;

        Assert.Equal(sdk, Propagating.W3C.Extract(Headers.Of(("traceparent", header))).ToActivityContext());
    }));

    [Fact]
    public void Any_tracestate_is_judged_alike() => Check.One(Property, Prop.ForAll(Arbitrary.TraceStates, header =>
    {
        PropagationContext sdk = SdkRead(new(StringComparer.Ordinal)
        {
            ["traceparent"] = Contexts.TraceParent,
            ["tracestate"] = header,
        });

        // The SDK makes a refused one empty, we make it absent.
        string expected = sdk.ActivityContext.TraceState ?? string.Empty;
        Assert.Equal(expected, Propagating.W3C.Extract(Headers.Trace(header)).TraceState ?? string.Empty);
    }));

    [Fact]
    public void Any_baggage_is_read_alike() => Check.One(Property, Prop.ForAll(Arbitrary.BaggageHeaders, header =>
    {
        Baggage sdk = SdkRead(new(StringComparer.Ordinal) { ["baggage"] = header }).Baggage;

        Assert.Equal(sdk.GetBaggage(), Propagating.W3C.Extract(Headers.Of(("baggage", header))).Baggage.GetBaggage());
    }));

    private static PropagationContext SdkRead(Dictionary<string, string> headers) => Propagating.SdkW3C.Extract(
        default, headers, static (carrier, name) => carrier.TryGetValue(name, out string? value) ? [value] : []);

    private static void AssertSame(PropagationContext expected, PropagationContext actual)
    {
        Assert.Equal(expected.ActivityContext.TraceId, actual.ActivityContext.TraceId);
        Assert.Equal(expected.ActivityContext.SpanId, actual.ActivityContext.SpanId);
        Assert.Equal(expected.ActivityContext.TraceFlags, actual.ActivityContext.TraceFlags);
        Assert.Equal(expected.ActivityContext.TraceState ?? string.Empty, actual.ActivityContext.TraceState ?? string.Empty);
        Assert.Equal(expected.Baggage.GetBaggage(), actual.Baggage.GetBaggage());
        Assert.Equal(expected.ActivityContext != default, actual.ActivityContext.IsRemote);
    }
}
