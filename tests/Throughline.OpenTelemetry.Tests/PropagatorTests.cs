using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Throughline.OpenTelemetry.Tests;

[Collection(nameof(ProcessWide))]
public sealed class PropagatorTests
{
    private static readonly ActivityContext Context = new(
        ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"),
        ActivitySpanId.CreateFromString("00f067aa0ba902b7"),
        ActivityTraceFlags.Recorded);

    [Theory]
    [InlineData("tracecontext", "traceparent")]
    [InlineData("baggage", "baggage")]
    [InlineData("tracecontext,baggage", "baggage,traceparent")]
    [InlineData("b3", "b3")]
    [InlineData("B3Multi", "X-B3-Sampled,X-B3-SpanId,X-B3-TraceId")]
    [InlineData("none", "")]
    [InlineData("b3,tracecontext,b3", "b3,traceparent")]
    [InlineData("xray", "baggage,traceparent")]
    public void Propagators_are_those_that_are_named(string propagators, string headers)
    {
        using var telemetry = Telemetry.Start(
            ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_PROPAGATORS", propagators));

        Assert.Equal(headers, Injected(), ignoreCase: true);
    }

    [Fact]
    public void Propagators_stay_where_the_sdk_is_disabled()
    {
        using var telemetry = Telemetry.Start(("OTEL_SDK_DISABLED", "true"), ("OTEL_PROPAGATORS", "b3"));

        Assert.Equal("b3", Injected());
    }

    [Fact]
    public void Programs_own_propagator_stays_where_the_environment_names_none()
    {
        var before = Propagators.DefaultTextMapPropagator;
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        try
        {
            using var telemetry = Telemetry.Start(("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none"));

            Assert.Equal("traceparent", Injected());
        }
        finally
        {
            Sdk.SetDefaultTextMapPropagator(before);
        }
    }

    [Fact]
    public void End_puts_back_what_was_in_force_before()
    {
        var before = Injected();

        Telemetry.Start(("OTEL_SDK_DISABLED", "true"), ("OTEL_PROPAGATORS", "b3")).Dispose();

        Assert.Equal(before, Injected());
    }

    private static string Injected()
    {
        // Loads the SDK, whose own default is W3C.
        _ = Sdk.SuppressInstrumentation;
        var carrier = new Dictionary<string, string>();
        var baggage = Baggage.Create(new Dictionary<string, string> { ["tenant"] = "a" });
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Context, baggage), carrier, static (headers, name, value) => headers[name] = value);
        return string.Join(',', carrier.Keys.Order(StringComparer.OrdinalIgnoreCase));
    }
}
