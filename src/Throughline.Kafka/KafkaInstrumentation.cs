using Throughline.Kafka.Internal;

namespace Throughline.Kafka;

/// <summary>The names under which this library tells what it sees.</summary>
public static class KafkaInstrumentation
{
    /// <summary>The <see cref="System.Diagnostics.ActivitySource"/> of every span: give it to the SDK's <c>AddSource</c>.</summary>
    public const string ActivitySourceName = "Throughline.Kafka";

    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/> of every metric: give it to the SDK's <c>AddMeter</c>.</summary>
    public const string MeterName = "Throughline.Kafka";

    /// <summary>Every metric of that meter; <c>docs/metrics.md</c> is made of it.</summary>
    public static IReadOnlyList<KafkaMetric> Metrics => Telemetry.Metrics.Rows;
}
