using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>Keeps of what the SDK exports: exemplars, and how many time series there are.</summary>
internal sealed class KeepingExporter : BaseExporter<Metric>
{
    private readonly List<(string Metric, ActivityTraceId Trace, ActivitySpanId Span)> _exemplars = [];

    public IReadOnlyList<(ActivityTraceId Trace, ActivitySpanId Span)> Exemplars(string metric) =>
        [.. _exemplars.Where(each => each.Metric == metric).Select(each => (each.Trace, each.Span)).Distinct()];

    /// <summary>How many time series of a metric the last export had.</summary>
    public Dictionary<string, int> Series { get; } = [];

    public override ExportResult Export(in Batch<Metric> batch)
    {
        Series.Clear();
        foreach (var metric in batch)
        {
            Series[metric.Name] = 0;
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                Series[metric.Name]++;
                if (!point.TryGetExemplars(out var exemplars))
                {
                    continue;
                }

                foreach (ref readonly var exemplar in exemplars)
                {
                    _exemplars.Add((metric.Name, exemplar.TraceId, exemplar.SpanId));
                }
            }
        }

        return ExportResult.Success;
    }
}
