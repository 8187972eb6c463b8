using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Calls of the client whose failure must not be what a loop ends with: it is said on the EventSource.</summary>
internal static class Aside
{
    /// <summary>Anything the client says: on the way out with another exception, which must not be lost.</summary>
    internal static void Try(Action call)
    {
        try
        {
            call();
        }
        catch (KafkaException exception)
        {
            KafkaEventSource.Log.ConsumeFailed(exception.Error.ToString());
        }
    }

    /// <summary>What may get better. What cannot is thrown, and ends the loop.</summary>
    internal static void TryUnlessFatal(Action call)
    {
        try
        {
            call();
        }
        catch (KafkaException exception) when (!exception.Error.IsFatal)
        {
            KafkaEventSource.Log.ConsumeFailed(exception.Error.ToString());
        }
    }
}
