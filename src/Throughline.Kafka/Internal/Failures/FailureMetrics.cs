using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>Counts what became of failures; a listener that throws is nobody's concern here.</summary>
internal static class FailureMetrics
{
    internal static void CountRetry(ClientIdentity client, string topic, Exception failure) =>
        Count(Telemetry.Retries, client, topic, KafkaErrorNames.Of(failure), destination: null);

    internal static void CountForwarded(ClientIdentity client, string topic, Exception failure, in FailureRoute route) =>
        Count(
            route.IsDeadLetter ? Telemetry.DeadLettered : Telemetry.ForwardedToRetry,
            client,
            topic,
            KafkaErrorNames.Of(failure),
            route.Topic);

    internal static void CountRedriven(ClientIdentity client, string topic, string destination) =>
        Count(Telemetry.Redriven, client, topic, errorType: null, destination);

    private static void Count(Counter<long> counter, ClientIdentity client, string topic, string? errorType, string? destination)
    {
        try
        {
            if (!counter.Enabled)
            {
                return;
            }

            TagList tags = MetricTags.Of(Operation.Process, client, topic, partition: null, errorType);
            if (destination is not null)
            {
                tags.Add(AttributeNames.FailureDestination, destination);
            }

            counter.Add(1, in tags);
        }
        catch (Exception exception)
        {
            Faults.Contain("failure.count", exception);
        }
    }
}
