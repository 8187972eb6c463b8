namespace Throughline.Kafka;

/// <summary>One metric that this library tells: a row of <see cref="KafkaInstrumentation.Metrics"/>.</summary>
/// <param name="Name">The instrument's name.</param>
/// <param name="Instrument">OpenTelemetry's word for its kind: <c>Counter</c>, <c>Histogram</c>, <c>ObservableCounter</c> or <c>ObservableGauge</c>.</param>
/// <param name="Unit">Its unit (UCUM).</param>
/// <param name="Description">What it measures, and where that is known from.</param>
/// <param name="Attributes">The attributes that a measurement can carry; one that does not apply, or is not known, is absent.</param>
/// <param name="Buckets">A histogram's advised bucket boundaries, in its unit; empty for other instruments.</param>
public sealed record KafkaMetric(
    string Name,
    string Instrument,
    string Unit,
    string Description,
    IReadOnlyList<string> Attributes,
    IReadOnlyList<double> Buckets);
