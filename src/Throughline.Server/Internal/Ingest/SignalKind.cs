namespace Throughline.Server.Internal.Ingest;

/// <summary>Which OTLP request a log entry's payload is. The numbers are on disk.</summary>
internal enum SignalKind : byte
{
    /// <summary>ExportTraceServiceRequest.</summary>
    Traces = 1,

    /// <summary>ExportLogsServiceRequest.</summary>
    Logs = 2,

    /// <summary>ExportMetricsServiceRequest.</summary>
    Metrics = 3,
}
