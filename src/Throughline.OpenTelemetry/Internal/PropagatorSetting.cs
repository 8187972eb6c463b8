using OpenTelemetry.Context.Propagation;
using Throughline.OpenTelemetry.Internal.Settings;
using B3Propagator = Throughline.Propagation.B3Propagator;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>OTEL_PROPAGATORS put in force for the process, as the SDK itself does not; and taken back at the end.</summary>
internal sealed class PropagatorSetting
{
    private readonly TextMapPropagator _before;
    private readonly TextMapPropagator _ours;

    private PropagatorSetting(TextMapPropagator ours)
    {
        _ours = ours;
        _before = Propagators.DefaultTextMapPropagator;
        global::OpenTelemetry.Sdk.SetDefaultTextMapPropagator(ours);
    }

    /// <summary>Null when the environment names no propagators: then those that the program set, or the SDK's, stay.</summary>
    public static PropagatorSetting? Apply(IReadOnlyList<PropagatorKind>? kinds) =>
        kinds is null ? null : new(Create(kinds));

    /// <summary>Unless the program has set others meanwhile.</summary>
    public void Restore()
    {
        if (ReferenceEquals(Propagators.DefaultTextMapPropagator, _ours))
        {
            global::OpenTelemetry.Sdk.SetDefaultTextMapPropagator(_before);
        }
    }

    private static TextMapPropagator Create(IReadOnlyList<PropagatorKind> kinds)
    {
        TextMapPropagator[] propagators = [.. kinds.Select(Create)];
        return propagators is [var only] ? only : new CompositeTextMapPropagator(propagators);
    }

    private static TextMapPropagator Create(PropagatorKind kind) => kind switch
    {
        PropagatorKind.TraceContext => new TraceContextPropagator(),
        PropagatorKind.Baggage => new BaggagePropagator(),
        PropagatorKind.B3 => new B3Propagator(singleHeader: true),
        PropagatorKind.B3Multi => new B3Propagator(singleHeader: false),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
