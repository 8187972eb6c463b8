using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Tests;

/// <summary>The propagators that most tests use.</summary>
internal static class Propagating
{
    public static readonly CompositeTextMapPropagator SdkW3C = new([new TraceContextPropagator(), new BaggagePropagator()]);

    public static readonly ContextPropagator W3C = new(SdkW3C);
}
