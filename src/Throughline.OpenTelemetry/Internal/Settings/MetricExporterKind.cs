namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>What OTEL_METRICS_EXPORTER may name.</summary>
internal enum MetricExporterKind
{
    None,
    Otlp,
    Console,
}
