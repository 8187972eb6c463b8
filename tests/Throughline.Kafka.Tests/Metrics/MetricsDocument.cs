using System.Globalization;
using System.Text;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>docs/metrics.md, made of the table that the instruments are made of.</summary>
internal static class MetricsDocument
{
    internal const string Path = "docs/metrics.md";

    private const string Opening = """
        # Metrics of Throughline.Kafka

        <!-- Made of the table in src/Throughline.Kafka/Internal/Telemetry.cs. After a change to it:
             THROUGHLINE_WRITE_DOCS=1 ./run test MetricsDocumentTests -->

        The meter is `Throughline.Kafka`; the `messaging.*` names are the semantic conventions' (1.44), the others ours. An
        attribute that does not apply, or is not known, is absent. Observable instruments tell of the clients that live: a
        client that was closed or disposed is gone from the next collection.


        """;

    internal static string Write(IEnumerable<KafkaMetric> metrics)
    {
        var text = new StringBuilder(Opening);
        text.Append("| metric | instrument | unit | what it measures | attributes |\n|---|---|---|---|---|\n");
        foreach (var metric in metrics)
        {
            var attributes = string.Join(", ", metric.Attributes.Select(name => $"`{name}`"));
            text.Append(CultureInfo.InvariantCulture, $"| `{metric.Name}` | {metric.Instrument} | `{metric.Unit}` | {metric.Description} | {attributes} |\n");
        }

        text.Append("\nBuckets that the histograms advise, in seconds:\n\n");
        foreach (var buckets in metrics.Where(metric => metric.Buckets.Count > 0).GroupBy(metric => string.Join(", ", metric.Buckets)))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {string.Join(", ", buckets.Select(metric => $"`{metric.Name}`"))}: {buckets.Key}\n");
        }

        return text.ToString();
    }
}
