using System.Diagnostics.Tracing;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Otlp;

/// <summary>Hears what the SDK tells nobody: that a receiver does not take what its OTLP exporters send, and that spans were dropped.</summary>
/// <remarks>A failed request is told although a retry may still succeed; which it was, the SDK does not say.</remarks>
internal sealed class SdkFailureListener : EventListener
{
    private const string ExporterSource = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private const string SdkSource = "OpenTelemetry-Sdk";

    /// <summary>Raised once, when a batch processor ends that had to drop something.</summary>
    private const string QueueFullEvent = "ExistsDroppedExportProcessorItems";

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
        if (eventData.Level > EventLevel.Warning)
        {
            return;
        }

        if (eventData.EventSource.Name == ExporterSource)
        {
            RequestFailed(eventData.Payload);
        }
        else if (eventData.EventName == QueueFullEvent && eventData.Payload is [string processor, _, long spans])
        {
            _report?.SpansDropped(processor, spans);
        }
    }

    /// <summary>The failures to send have the endpoint first and the reason last; other SDKs of this process have other endpoints.</summary>
    private void RequestFailed(IReadOnlyList<object?>? payload)
    {
        if (payload is not [string address, .., string reason]
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
        if (source?.Name is ExporterSource or SdkSource)
        {
            EnableEvents(source, EventLevel.Warning);
        }
    }
}
