using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Throughline.Kafka.Internal;

/// <summary>What this library says about itself, for <c>dotnet-trace</c> and OpenTelemetry's self-diagnostics.</summary>
[EventSource(Name = "Throughline-Kafka")]
internal sealed class KafkaEventSource : EventSource
{
    internal static readonly KafkaEventSource Log = new();

    private static readonly long QuietTicks = TimeSpan.FromMinutes(1).Ticks;

    // Keyed by the places named in code, so as many entries as there are such places.
    private readonly ConcurrentDictionary<string, long> _lastToldTicks = new(StringComparer.Ordinal);

    private KafkaEventSource()
    {
    }

    [NonEvent]
    internal void FaultContained(string place, Exception exception)
    {
        if (IsEnabled(EventLevel.Error, EventKeywords.None) && IsDue(place))
        {
            FaultContained(place, exception.ToString());
        }
    }

    [Event(1, Level = EventLevel.Error, Message = "Contained in {0} (further ones within a minute are only counted): {1}")]
    private void FaultContained(string place, string exception) => WriteEvent(1, place, exception);

    [Event(2, Level = EventLevel.Warning, Message = "{0}")]
    internal void SettingBreaksTraces(string what) => WriteEvent(2, what);

    [Event(3, Level = EventLevel.Warning, Message = "Consuming goes on after an error: {0}")]
    internal void ConsumeFailed(string error) => WriteEvent(3, error);

    [Event(4, Level = EventLevel.Warning, Message = "A handler has not ended, though it was told to give up after {0} s; its record comes again")]
    internal void HandlerLeftBehind(double drainTimeoutSeconds) => WriteEvent(4, drainTimeoutSeconds);

    [Event(5, Level = EventLevel.Warning, Message = "{0}")]
    internal void HeadersAreLarge(string what) => WriteEvent(5, what);

    [Event(20, Level = EventLevel.Warning, Message = "A transaction ended with its outcome unknown, and its records could not be gone back to: {0} Close the consumer: the next one begins where the group's commits are.")]
    internal void RewindFailed(string error) => WriteEvent(20, error);

    [NonEvent]
    private bool IsDue(string place)
    {
        var now = DateTime.UtcNow.Ticks;
        var last = _lastToldTicks.GetOrAdd(place, 0);
        return now - last >= QuietTicks && _lastToldTicks.TryUpdate(place, now, last);
    }
}
