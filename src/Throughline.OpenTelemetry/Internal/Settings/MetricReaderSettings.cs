namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>How often metrics are collected and sent, in milliseconds.</summary>
internal sealed record MetricReaderSettings(int ExportIntervalMs, int ExportTimeoutMs);
