namespace Throughline.OpenTelemetry.Internal.Hosting;

/// <summary>What one call of AddThroughlineTelemetry() adds.</summary>
internal sealed record TelemetryConfiguration(Action<ThroughlineSdkOptions> Apply);
