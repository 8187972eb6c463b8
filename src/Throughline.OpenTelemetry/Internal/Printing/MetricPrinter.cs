using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Throughline.OpenTelemetry.Internal.Printing;

/// <summary>The console exporter for metrics: a line for each metric and one below it for each set of attributes.</summary>
internal sealed class MetricPrinter(TextWriter output) : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        try
        {
            foreach (var metric in batch)
            {
                output.Write(Block(metric));
            }

            output.Flush();
            return ExportResult.Success;
        }
        catch (Exception)
        {
            return ExportResult.Failure;
        }
    }

    private static string Block(Metric metric)
    {
        var block = new StringBuilder();
        block.AppendLine(CultureInfo.InvariantCulture, $"METRIC {metric.Name} {metric.Unit}  {metric.MeterName}");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            block.Append("  ").Append(Value(metric.MetricType, point));
            foreach (var tag in point.Tags)
            {
                block.Append(CultureInfo.InvariantCulture, $"  {tag.Key}={AttributeText.Of(tag.Value)}");
            }

            block.AppendLine();
        }

        return block.ToString();
    }

    private static string Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Text(point.GetSumLong()),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Text(point.GetSumDouble()),
        MetricType.LongGauge => Text(point.GetGaugeLastValueLong()),
        MetricType.DoubleGauge => Text(point.GetGaugeLastValueDouble()),
        _ => Distribution(point),
    };

    private static string Distribution(in MetricPoint point)
    {
        var text = $"count {Text(point.GetHistogramCount())} sum {Text(point.GetHistogramSum())}";
        return point.TryGetHistogramMinMaxValues(out var min, out var max) ? $"{text} min {Text(min)} max {Text(max)}" : text;
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
