namespace Throughline.Kafka.Internal;

/// <summary>
/// Where this library's own faults, and those of hooks, samplers and processors, end: counted, and told at most once a
/// minute per place. The caller never sees them.
/// </summary>
internal static class Faults
{
    internal static void Contain(string place, Exception exception)
    {
        try
        {
            Telemetry.Faults.Add(1, new KeyValuePair<string, object?>(AttributeNames.FaultPlace, place));
            KafkaEventSource.Log.FaultContained(place, exception);
        }
        catch (Exception)
        {
            // A listener of the meter or of the event source failed: there is nobody left to tell.
        }
    }
}
