using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Internal;

/// <summary>Tells a propagator that nobody chose: the API's no-op before the SDK loads, and what the SDK then sets.</summary>
internal static class SdkDefault
{
    // The API's own type, not public; it is the one that has no fields and writes nothing.
    private const string NoopName = "OpenTelemetry.Context.Propagation.NoopTextMapPropagator";

    public static bool Is(TextMapPropagator propagator) =>
        IsNoop(propagator) || W3CProbe.Examine(propagator) == W3CParts.All;

    private static bool IsNoop(TextMapPropagator propagator) =>
        propagator.GetType().FullName == NoopName && propagator.GetType().Assembly == typeof(Propagators).Assembly;
}
