namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>OTEL_BSP_*: how spans wait for their exporter.</summary>
internal sealed record BatchSettings(int QueueSizeMax, int BatchSizeMax, int ScheduleDelayMs, int ExportTimeoutMs)
{
    public static readonly BatchSettings Default = new(2048, 512, 5000, 30000);
}
