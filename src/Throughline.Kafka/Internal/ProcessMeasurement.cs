using Throughline.Kafka.Internal.Metrics;

namespace Throughline.Kafka.Internal;

/// <summary>Measures <c>messaging.process.duration</c>; made only while somebody collects it.</summary>
internal sealed class ProcessMeasurement(Tracing tracing, string? topic, int? partition)
{
    private readonly long _startTimestamp = tracing.Time.GetTimestamp();
    private MeasuringFlow _flow;

    /// <summary>The span has started, and is current.</summary>
    internal void Started() => _flow = MeasuringFlow.Here();

    /// <param name="errorType">The failure's <c>error.type</c>, if it failed.</param>
    /// <param name="duration">The span's duration, where there is a span: the two are to agree.</param>
    internal void End(string? errorType, TimeSpan? duration)
    {
        duration ??= tracing.Time.GetElapsedTime(_startTimestamp);
        var tags = MetricTags.Of(Operation.Process, tracing.Client, topic, partition, errorType);
        // The handler may have left another activity current, or the scope be disposed in another flow.
        using (_flow.Enter())
        {
            Telemetry.ProcessDuration.Record(duration.Value.TotalSeconds, in tags);
        }
    }
}
