using OpenTelemetry.Context.Propagation;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Tests;

/// <summary>OTEL_PROPAGATORS, value by value.</summary>
public sealed class ConfiguredPropagatorsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ,")]
    public void Unset_and_empty_mean_the_W3Cs(string? value)
    {
        ConfiguredPropagators configured = ConfiguredPropagators.Parse(value);

        Assert.False(configured.IsSet);
        Assert.Equal(W3CParts.All, W3CProbe.Examine(configured.Propagator));
        Assert.Empty(configured.Refused);
    }

    [Theory]
    [InlineData("tracecontext", "traceparent,tracestate")]
    [InlineData("baggage", "baggage")]
    [InlineData("b3", "b3")]
    [InlineData("B3Multi", "X-B3-Sampled,X-B3-SpanId,X-B3-TraceId")]
    [InlineData("none", "")]
    [InlineData("tracecontext,baggage", "baggage,traceparent,tracestate")]
    [InlineData(" TraceContext , b3 ", "b3,traceparent,tracestate")]
    public void Names_in_any_case_are_followed(string value, string fields)
    {
        ConfiguredPropagators configured = ConfiguredPropagators.Parse(value);

        Assert.True(configured.IsSet);
        Assert.Equal(fields, string.Join(',', configured.Propagator.Fields!.Order(StringComparer.Ordinal)));
        Assert.Empty(configured.Refused);
    }

    [Theory]
    [InlineData("jaeger,tracecontext,xray", "jaeger,xray", "traceparent,tracestate")]
    [InlineData("none,b3", "none", "b3")]
    [InlineData("ottrace", "ottrace", "baggage,traceparent,tracestate")]
    public void Unknown_names_and_none_beside_others_are_refused_and_the_rest_followed(string value, string refused, string fields)
    {
        ConfiguredPropagators configured = ConfiguredPropagators.Parse(value);

        Assert.Equal(refused, string.Join(',', configured.Refused));
        Assert.Equal(fields, string.Join(',', configured.Propagator.Fields!.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_order_is_kept_and_repeated_names_are_dropped()
    {
        List<string> written = [];

        ConfiguredPropagators.Parse("b3,tracecontext,B3,b3multi,tracecontext").Propagator.Inject(
            new PropagationContext(Contexts.SampledWithoutState, default), written, static (names, name, _) => names.Add(name));

        Assert.Equal(["b3", "traceparent", "X-B3-TraceId", "X-B3-SpanId", "X-B3-Sampled"], written);
    }

    [Fact]
    public void Every_allowed_name_is_followed()
    {
        Assert.All(ConfiguredPropagators.Allowed.Split(", "), name => Assert.True(ConfiguredPropagators.Parse(name).IsSet, name));
    }
}
