using System.Diagnostics.Metrics;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// The meter and its table: each call makes an instrument and the row that documents it, so that neither can be had
/// without the other. To be called while <see cref="Telemetry"/> is initialised, and nowhere else.
/// </summary>
internal sealed class MetricTable(Meter meter)
{
    private readonly List<KafkaMetric> _rows = [];

    internal IReadOnlyList<KafkaMetric> Rows => _rows.AsReadOnly();

    internal Counter<long> Counter(string name, string unit, string description, params string[] attributes)
    {
        Add(name, nameof(Counter), unit, description, attributes);
        return meter.CreateCounter<long>(name, unit, description);
    }

    /// <summary>A histogram of seconds.</summary>
    internal Histogram<double> Histogram(string name, double[] buckets, string description, params string[] attributes)
    {
        Add(name, nameof(Histogram), "s", description, attributes, buckets);
        return meter.CreateHistogram(name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });
    }

    internal Instrument ObservableCounter(
        string name, string unit, string description, string[] attributes, Func<IEnumerable<Measurement<long>>> observe)
    {
        Add(name, nameof(ObservableCounter), unit, description, attributes);
        return meter.CreateObservableCounter(name, observe, unit, description);
    }

    internal Instrument ObservableGauge<T>(
        string name, string unit, string description, string[] attributes, Func<IEnumerable<Measurement<T>>> observe)
        where T : struct
    {
        Add(name, nameof(ObservableGauge), unit, description, attributes);
        return meter.CreateObservableGauge(name, observe, unit, description);
    }

    private void Add(string name, string instrument, string unit, string description, string[] attributes, double[]? buckets = null) =>
        _rows.Add(new(name, instrument, unit, description, attributes.AsReadOnly(), (buckets ?? []).AsReadOnly()));
}
