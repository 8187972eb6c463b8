using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Internal;

/// <summary>What <c>OTEL_PROPAGATORS</c> asks for: the variable that the .NET SDK itself does not read.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/"/>
internal sealed class ConfiguredPropagators
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "OTEL_PROPAGATORS";

    /// <summary>The names that are followed, in any case; <c>none</c> only on its own.</summary>
    public const string Allowed = "tracecontext, baggage, b3, b3multi, none";

    private const string None = "none";

    private ConfiguredPropagators(IReadOnlyList<TextMapPropagator>? propagators, IReadOnlyList<string> refused)
    {
        Refused = refused;
        IsSet = propagators is null or { Count: > 0 };
        Propagator = propagators switch
        {
            null => new CompositeTextMapPropagator([]),
            [] => new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]),
            [var single] => single,
            _ => new CompositeTextMapPropagator(propagators),
        };
    }

    /// <summary>Gets the propagator: the W3C's unless <see cref="IsSet"/>, one of no headers at all for <c>none</c>.</summary>
    public TextMapPropagator Propagator { get; }

    /// <summary>Gets whether the value had a name that was followed.</summary>
    public bool IsSet { get; }

    /// <summary>Gets the names that were not followed: unknown ones, and <c>none</c> beside others.</summary>
    public IReadOnlyList<string> Refused { get; }

    /// <summary>Reads a value: names between commas, their order kept, repeated ones dropped; empty is as good as unset.</summary>
    public static ConfiguredPropagators Parse(string? value)
    {
        string[] names =
        [
            .. (value ?? string.Empty)
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

        if (names is [var only] && only.Equals(None, StringComparison.OrdinalIgnoreCase))
        {
            return new ConfiguredPropagators(null, []);
        }

        List<TextMapPropagator> propagators = [];
        List<string> refused = [];
        foreach (string name in names)
        {
            if (Create(name) is { } propagator)
            {
                propagators.Add(propagator);
            }
            else
            {
                refused.Add(name);
            }
        }

        return new ConfiguredPropagators(propagators, refused);
    }

    private static TextMapPropagator? Create(string name) => name.ToLowerInvariant() switch
    {
        "tracecontext" => new TraceContextPropagator(),
        "baggage" => new BaggagePropagator(),
        "b3" => new B3Propagator(singleHeader: true),
        "b3multi" => new B3Propagator(singleHeader: false),
        _ => null,
    };
}
