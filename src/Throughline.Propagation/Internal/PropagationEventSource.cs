using System.Diagnostics.Tracing;

namespace Throughline.Propagation.Internal;

/// <summary>What an operator can listen to: <c>dotnet-trace</c>, an EventListener, or OpenTelemetry's self-diagnostics.</summary>
[EventSource(Name = SourceName)]
internal sealed class PropagationEventSource : EventSource
{
    public const string SourceName = "Throughline-Propagation";
    public const int RefusedEvent = 1;

    public static readonly PropagationEventSource Log = new();

    private PropagationEventSource()
    {
    }

    /// <summary>Gets whether anybody listens.</summary>
    public bool IsHeard => IsEnabled(EventLevel.Warning, EventKeywords.All);

    [Event(RefusedEvent, Level = EventLevel.Warning, Message = "{0}: {1}. {2} ({3} since the last message)")]
    public void Refused(string cause, string meaning, string detail, long count)
    {
        if (IsHeard)
        {
            WriteEvent(RefusedEvent, cause, meaning, detail, count);
        }
    }
}
