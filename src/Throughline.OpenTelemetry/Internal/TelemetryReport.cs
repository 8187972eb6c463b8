using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>Says what goes wrong while spans are sent: every time as an event, and once a minute as a line.</summary>
internal sealed class TelemetryReport(Action<string> warn, TimeProvider time)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _lastLine = new(StringComparer.Ordinal);

    public void SpansNotTaken(string exporter, long spans, string reason)
    {
        TelemetryEvents.Log.SpansNotTaken(exporter, spans, reason);
        Line(exporter, $"{exporter}: {spans} spans were not taken: {reason}");
    }

    public void ReceiverSays(string exporter, string message)
    {
        TelemetryEvents.Log.ReceiverSays(exporter, message);
        Line(exporter + " says", $"{exporter}: the receiver says: {message}");
    }

    public void RequestFailed(string exporter, string reason)
    {
        TelemetryEvents.Log.RequestFailed(exporter, reason);
        Line(exporter, $"{exporter}: a request failed: {reason}");
    }

    public void SpansDropped(string processor, long spans)
    {
        TelemetryEvents.Log.SpansDropped(processor, spans);
        Line("queue", $"{spans} spans were dropped: they came faster than the exporter sent them and the queue was full "
            + $"({SettingNames.BatchQueueSizeMax})");
    }

    private void Line(string kind, string message)
    {
        lock (_gate)
        {
            if (_lastLine.TryGetValue(kind, out var last) && time.GetElapsedTime(last) < LineInterval)
            {
                return;
            }

            _lastLine[kind] = time.GetTimestamp();
        }

        try
        {
            warn(message);
        }
        catch (Exception)
        {
            // The caller's log must not cost the caller's spans.
        }
    }
}
