using Throughline.OpenTelemetry.Internal;

namespace OpenTelemetry.Metrics;

/// <summary>Throughline's metrics for a meter provider that the program builds itself.</summary>
public static class ThroughlineMeterProviderBuilderExtensions
{
    /// <summary>
    /// Listens to the meters of every Throughline library. The histograms bring the messaging conventions' buckets
    /// with them, so no view is needed.
    /// </summary>
    /// <param name="builder">The builder of the provider.</param>
    /// <returns>The same builder.</returns>
    public static MeterProviderBuilder AddThroughline(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(Instrumentations.Names);
    }
}
