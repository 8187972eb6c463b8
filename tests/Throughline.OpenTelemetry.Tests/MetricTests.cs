using System.Diagnostics.Metrics;

namespace Throughline.OpenTelemetry.Tests;

public sealed class MetricTests
{
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
}
