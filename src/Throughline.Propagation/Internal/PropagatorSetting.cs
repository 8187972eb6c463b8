using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Internal;

/// <summary>OTEL_PROPAGATORS, which the .NET SDK itself does not read.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/"/>
internal static class PropagatorSetting
{
    public const string Variable = "OTEL_PROPAGATORS";
    public const string Allowed = "tracecontext, baggage, b3, b3multi, none";

    private const string None = "none";

    /// <summary>The propagator that the variable's value asks for; the W3C's when it asks for none that is known.</summary>
    public static TextMapPropagator Parse(string? value, Refusals refusals)
    {
        string[] names =
        [
            .. (value ?? string.Empty)
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

        if (names is [var only] && only.Equals(None, StringComparison.OrdinalIgnoreCase))
        {
            return new CompositeTextMapPropagator([]);
        }

        List<TextMapPropagator> propagators = [];
        foreach (string name in names)
        {
            if (Create(name, refusals) is { } propagator)
            {
                propagators.Add(propagator);
            }
            else
            {
                // Beside other names, `none` says nothing that could be followed.
                refusals.Count(RefusalCause.PropagatorUnknown, $"{Variable} has '{name}', allowed are {Allowed} (alone)");
            }
        }

        return propagators switch
        {
            [] => W3C(),
            [var single] => single,
            _ => new CompositeTextMapPropagator(propagators),
        };
    }

    private static CompositeTextMapPropagator W3C() => new([new TraceContextPropagator(), new BaggagePropagator()]);

    private static TextMapPropagator? Create(string name, Refusals refusals) => name.ToLowerInvariant() switch
    {
        "tracecontext" => new TraceContextPropagator(),
        "baggage" => new BaggagePropagator(),
        "b3" => new B3Propagator(singleHeader: true, refusals),
        "b3multi" => new B3Propagator(singleHeader: false, refusals),
        _ => null,
    };
}
