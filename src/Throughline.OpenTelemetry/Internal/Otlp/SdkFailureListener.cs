using System.Diagnostics.Tracing;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Otlp;

/// <summary>Hears what the SDK's own OTLP exporters tell nobody: that a receiver does not take what they send.</summary>
/// <remarks>A failed request is told although a retry may still succeed; which it was, the SDK does not say.</remarks>
internal sealed class SdkFailureListener : EventListener
{
    private const string ExporterSource = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private readonly TelemetryReport _report;
    private readonly HashSet<string> _authorities;

    public SdkFailureListener(TelemetryReport report, IEnumerable<Uri> endpoints)
    {
        _report = report;
        _authorities = new(endpoints.Select(endpoint => endpoint.Authority), StringComparer.OrdinalIgnoreCase);
        EventSourceCreated += (_, created) => Enable(created.EventSource);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The failures to send have the endpoint first and the reason after it; other SDKs of this process have other endpoints.
        if (eventData.EventSource.Name != ExporterSource
            || eventData.Level > EventLevel.Warning
            || eventData.Payload is not [string address, .., string reason]
            || !Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            || _authorities?.Contains(endpoint.Authority) != true)
        {
            return;
        }

        var end = reason.AsSpan().IndexOfAny('\r', '\n');
        _report.RequestFailed($"otlp {SettingText.Show(address)}", SettingText.Show(end < 0 ? reason : reason[..end]));
    }

    private void Enable(EventSource? source)
    {
        if (source?.Name == ExporterSource)
        {
            EnableEvents(source, EventLevel.Warning);
        }
    }
}
