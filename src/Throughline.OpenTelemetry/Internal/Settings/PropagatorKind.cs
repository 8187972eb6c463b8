namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>What OTEL_PROPAGATORS may name.</summary>
internal enum PropagatorKind
{
    None,
    TraceContext,
    Baggage,
    B3,
    B3Multi,
}
