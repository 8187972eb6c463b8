using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Throughline.OpenTelemetry.Tests;

[Collection(nameof(ProcessWide))]
public sealed class InstrumentationTests
{
    private static readonly double[] ConventionsBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    [Fact]
    public void Spans_of_every_throughline_library_are_recorded()
    {
        using var telemetry = Telemetry.Start(("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none"));
        using var source = new ActivitySource("Throughline.SomeBroker");

        using var span = source.StartActivity("send orders");

        Assert.NotNull(span);
        Assert.True(span.Recorded);
    }

    [Fact]
    public void Own_provider_records_them_after_AddThroughline()
    {
        using var provider = Sdk.CreateTracerProviderBuilder().AddThroughline().Build();
        using var source = new ActivitySource("Throughline.SomeBroker");

        using var span = source.StartActivity("send orders");

        Assert.NotNull(span);
    }

    [Fact]
    public void Buckets_that_an_instrument_advises_need_no_view()
    {
        using var meter = new Meter("Throughline.SomeBroker");
        var duration = meter.CreateHistogram(
            "messaging.process.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = ConventionsBuckets });
        var bounds = new List<double>();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddThroughline()
            .AddReader(new BaseExportingMetricReader(new BoundsExporter(meter.Name, bounds)))
            .Build();
        duration.Record(0.02);

        provider.ForceFlush();

        Assert.Equal([.. ConventionsBuckets, double.PositiveInfinity], bounds);
    }

    [Theory]
    [InlineData("otlp", "http/json")]
    [InlineData("otlp", "http/protobuf")]
    [InlineData("zipkin", "")]
    public async Task Exporters_own_requests_are_not_traced(string exporter, string protocol)
    {
        await using var receiver = await Receiver.StartAsync();
        using var telemetry = Telemetry.Start(
            options => options.AddSource("System.Net.Http"),
            Telemetry.TracesTo(
                receiver.Address,
                protocol,
                ("OTEL_TRACES_EXPORTER", exporter),
                ("OTEL_EXPORTER_ZIPKIN_ENDPOINT", new Uri(receiver.Address, "api/v2/spans").ToString())));
        telemetry.Span("a");
        telemetry.Flush();
        telemetry.Flush();

        var request = await receiver.NextAsync();
        Assert.Null(request.Header("traceparent"));
        Assert.Empty(receiver.Rest());
    }

    [Fact]
    public async Task Spans_that_the_queue_had_no_room_for_are_counted_at_the_end()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.NeverAnswer();
        var telemetry = Telemetry.Start(Telemetry.TracesTo(
            receiver.Address,
            "http/protobuf",
            ("OTEL_BSP_MAX_QUEUE_SIZE", "2"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "500")));
        for (var i = 0; i < 100; i++)
        {
            telemetry.Span("a");
        }

        telemetry.Dispose();

        Assert.Contains(telemetry.Warnings, line => line.Contains("spans were dropped", StringComparison.Ordinal)
            && line.Contains("OTEL_BSP_MAX_QUEUE_SIZE", StringComparison.Ordinal));
    }

    private sealed class BoundsExporter(string meter, List<double> bounds) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                if (metric.MeterName != meter)
                {
                    continue;
                }

                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    foreach (var bucket in point.GetHistogramBuckets())
                    {
                        bounds.Add(bucket.ExplicitBound);
                    }
                }
            }

            return ExportResult.Success;
        }
    }
}
