using Throughline.OpenTelemetry.Internal;

namespace OpenTelemetry.Trace;

/// <summary>Throughline's spans for a tracer provider that the program builds itself.</summary>
public static class ThroughlineTracerProviderBuilderExtensions
{
    /// <summary>Listens to the activity sources of every Throughline library.</summary>
    /// <param name="builder">The builder of the provider.</param>
    /// <returns>The same builder.</returns>
    public static TracerProviderBuilder AddThroughline(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(Instrumentations.Names);
    }
}
