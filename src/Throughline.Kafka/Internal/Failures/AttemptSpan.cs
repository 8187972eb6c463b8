using System.Diagnostics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>The span of one attempt, under the process span.</summary>
internal static class AttemptSpan
{
    /// <summary>Current afterwards, in the flow that calls it. Never throws.</summary>
    internal static Activity? Start(string topic, Activity process, int attempt)
    {
        try
        {
            var shape = new SpanShape(topic, -1, $"attempt {topic}", new StartTags(
            [
                new(AttributeNames.DestinationName, topic),
                new(AttributeNames.Attempt, attempt),
            ]));
            return SpanStart.Under(process, ActivityKind.Internal, shape, links: null);
        }
        catch (Exception exception)
        {
            // A sampler or a processor of the user's SDK.
            Faults.Contain("attempt.start", exception);
            Activity.Current = AmbientContext.NearestRunning(process);
            return null;
        }
    }
}
