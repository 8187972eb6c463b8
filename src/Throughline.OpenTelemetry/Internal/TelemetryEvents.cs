using System.Diagnostics.Tracing;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>What the telemetry has to say about itself, for dotnet-trace, dotnet-counters and event listeners.</summary>
[EventSource(Name = "Throughline-OpenTelemetry")]
internal sealed class TelemetryEvents : EventSource
{
    public static readonly TelemetryEvents Log = new();

    private TelemetryEvents()
    {
    }

    [Event(1, Level = EventLevel.Warning, Message = "{0}")]
    public void Setting(string message) => WriteEvent(1, message);

    [Event(2, Level = EventLevel.Error, Message = "{0}: {1} spans were not taken: {2}")]
    public void SpansNotTaken(string exporter, long spans, string reason) => WriteEvent(2, exporter, spans, reason);

    [Event(3, Level = EventLevel.Warning, Message = "{0}: the receiver says: {1}")]
    public void ReceiverSays(string exporter, string message) => WriteEvent(3, exporter, message);

    [Event(4, Level = EventLevel.Warning, Message = "{0}: a request failed: {1}")]
    public void RequestFailed(string exporter, string reason) => WriteEvent(4, exporter, reason);

    [Event(5, Level = EventLevel.Error, Message = "Flushing or stopping failed: {0}")]
    public void StopFailed(string reason) => WriteEvent(5, reason);

    [Event(6, Level = EventLevel.Error, Message = "{0}: {1} spans were dropped: the queue was full")]
    public void SpansDropped(string processor, long spans) => WriteEvent(6, processor, spans);
}
