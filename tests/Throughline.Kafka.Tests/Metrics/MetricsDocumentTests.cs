using System.Diagnostics.Metrics;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Metrics;

public class MetricsDocumentTests
{
    [Fact]
    public void Document_is_what_the_table_says()
    {
        var expected = MetricsDocument.Write(KafkaInstrumentation.Metrics);
        var path = Path.Combine(ServersFolder.RepositoryRoot()!, MetricsDocument.Path);
        if (Environment.GetEnvironmentVariable("THROUGHLINE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Table_has_every_instrument_of_the_meter_and_no_other()
    {
        var published = new List<(string, string, string?, string?)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == KafkaInstrumentation.MeterName)
                {
                    published.Add((instrument.Name, instrument.GetType().Name.Split('`')[0], instrument.Unit, instrument.Description));
                }
            },
        };
        var told = KafkaInstrumentation.Metrics.Select(metric => (metric.Name, metric.Instrument, metric.Unit, metric.Description)).ToList();
        listener.Start();
        Assert.Equal(told.Order(), published.Select(each => (each.Item1, each.Item2, each.Item3!, each.Item4!)).Order());
        Assert.Equal(told.Count, told.Select(metric => metric.Name).Distinct().Count());
    }

    [Fact]
    public void Durations_advise_the_conventions_buckets()
    {
        double[] conventions = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
        Assert.All(
            KafkaInstrumentation.Metrics.Where(metric => metric.Name.StartsWith("messaging.", StringComparison.Ordinal) && metric.Instrument == "Histogram"),
            metric => Assert.Equal(conventions, metric.Buckets));
        Assert.All(
            KafkaInstrumentation.Metrics.Where(metric => metric.Instrument == "Histogram"),
            metric => Assert.Equal(metric.Buckets.Order().Distinct(), metric.Buckets));
    }
}
