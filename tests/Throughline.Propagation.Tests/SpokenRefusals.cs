using System.Diagnostics.Tracing;
using System.Globalization;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Tests;

/// <summary>What the event source said while it listened.</summary>
internal sealed class SpokenRefusals : EventListener
{
    public List<string> Messages { get; } = [];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == PropagationEventSource.SourceName)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == PropagationEventSource.RefusedEvent)
        {
            Messages.Add(string.Format(CultureInfo.InvariantCulture, eventData.Message!, [.. eventData.Payload!]));
        }
    }
}
