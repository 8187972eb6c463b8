namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>What OTEL_EXPORTER_OTLP_PROTOCOL may name.</summary>
internal enum OtlpProtocol
{
    Grpc,
    HttpProtobuf,
    HttpJson,
}
