using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>Keeps the exemplars that the SDK exports.</summary>
internal sealed class ExemplarExporter : BaseExporter<Metric>
{
    private readonly List<(string Metric, ActivityTraceId Trace, ActivitySpanId Span)> _exemplars = [];

    public IReadOnlyList<(ActivityTraceId Trace, ActivitySpanId Span)> Exemplars(string metric) =>
        [.. _exemplars.Where(each => each.Metric == metric).Select(each => (each.Trace, each.Span)).Distinct()];

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
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
