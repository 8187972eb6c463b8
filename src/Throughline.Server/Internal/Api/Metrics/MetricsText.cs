using System.Globalization;
using System.Text;

namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>Prometheus' text format.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/</remarks>
internal static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<MetricRow> rows, MetricSnapshot snapshot)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append("# HELP ").Append(row.Name).Append(' ').Append(row.Help).Append('\n')
                .Append("# TYPE ").Append(row.Name).Append(' ').Append(row.Type.ToString().ToLowerInvariant()).Append('\n');
            var samples = row.Samples(snapshot).ToList();
            for (var i = 0; i < samples.Count; i++)
            {
                Append(text, row.Name + Suffix(row.Type, samples.Count - i), row.Labels, samples[i]);
            }
        }

        return text.ToString();
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Of a histogram's samples the last two are its sum and its count.</summary>
    private static string Suffix(MetricType type, int left) => (type, left) switch
    {
        (MetricType.Histogram, 1) => "_count",
        (MetricType.Histogram, 2) => "_sum",
        (MetricType.Histogram, _) => "_bucket",
        _ => "",
    };

    private static void Append(StringBuilder text, string name, IReadOnlyList<string> labels, MetricSample sample)
    {
        text.Append(name);
        for (var i = 0; i < sample.Labels.Length; i++)
        {
            text.Append(i == 0 ? '{' : ',').Append(labels[i]).Append("=\"");
            foreach (var c in sample.Labels[i])
            {
                text.Append(c switch { '\\' => @"\\", '"' => "\\\"", '\n' => "\\n", _ => c.ToString() });
            }

            text.Append('"');
        }

        text.Append(sample.Labels.Length > 0 ? "} " : " ").Append(Number(sample.Value)).Append('\n');
    }
}
