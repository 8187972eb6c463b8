namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>What OTEL_TRACES_EXPORTER may name.</summary>
internal enum SpanExporterKind
{
    None,
    Otlp,
    Zipkin,
    Console,
    Jaeger,
}
