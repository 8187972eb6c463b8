using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Throughline.OpenTelemetry.Tests;

public sealed class MetricTests
{
    private static readonly double[] ConventionsBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    [Fact]
    public void Buckets_that_an_instrument_advises_need_no_view()
    {
        using var meter = new Meter("Throughline.Test.Buckets");
        var duration = meter.CreateHistogram(
            "messaging.process.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = ConventionsBuckets });
        var bounds = new List<double>();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddThroughline()
            .AddReader(new BaseExportingMetricReader(new Exporter(metric =>
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    foreach (var bucket in point.GetHistogramBuckets())
                    {
                        bounds.Add(bucket.ExplicitBound);
                    }
                }
            })))
            .Build();
        duration.Record(0.02);

        provider.ForceFlush();

        Assert.Equal([.. ConventionsBuckets, double.PositiveInfinity], bounds);
    }

    [Fact]
    public async Task Metrics_go_by_otlp_to_their_own_endpoint()
    {
        await using var receiver = await Receiver.StartAsync();
        using var meter = new Meter("Test." + Guid.NewGuid().ToString("N"));
        using var telemetry = Telemetry.Start(
            options => options.AddMeter(meter.Name),
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", new Uri(receiver.Address, "mine").ToString()),
            ("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "tenant=a"));
        meter.CreateCounter<long>("messaging.client.sent.messages").Add(3);

        telemetry.Flush();

        var request = await receiver.NextAsync();
        Assert.Equal("/mine", request.Path);
        Assert.Equal("application/x-protobuf", request.Header("content-type"));
        Assert.Equal("a", request.Header("tenant"));
        Assert.Contains("messaging.client.sent.messages", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_for_metrics_arrives_as_protobuf()
    {
        await using var receiver = await Receiver.StartAsync();
        using var meter = new Meter("Test." + Guid.NewGuid().ToString("N"));
        using var telemetry = Telemetry.Start(
            options => options.AddMeter(meter.Name),
            Telemetry.TracesTo(receiver.Address, "http/json", ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "otlp")));
        meter.CreateCounter<long>("a.counter").Add(3);

        telemetry.Flush();

        var request = await receiver.NextAsync();
        Assert.Equal(("/v1/metrics", "application/x-protobuf"), (request.Path, request.Header("content-type")));
        Assert.Contains("http/protobuf", Assert.Single(telemetry.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void No_meter_provider_runs_where_nothing_is_to_be_done()
    {
        using var telemetry = Telemetry.Start(("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none"));

        Assert.Null(telemetry.Sdk.MeterProvider);
    }

    private sealed class Exporter(Action<Metric> seen) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                if (metric.MeterName == "Throughline.Test.Buckets")
                {
                    seen(metric);
                }
            }

            return ExportResult.Success;
        }
    }
}
