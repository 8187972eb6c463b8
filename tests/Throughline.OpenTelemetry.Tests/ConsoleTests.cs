using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Throughline.OpenTelemetry.Tests;

public sealed class ConsoleTests
{
    [Fact]
    public void Span_is_a_block_of_lines()
    {
        var output = new StringWriter();
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567);
        var parent = new ActivityContext(
            ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"),
            ActivitySpanId.CreateFromString("00f067aa0ba902b7"),
            ActivityTraceFlags.Recorded,
            isRemote: true);
        using var telemetry = Telemetry.Start(
            options => options.Output = output,
            ("OTEL_TRACES_EXPORTER", "console"),
            ("OTEL_METRICS_EXPORTER", "none"),
            ("OTEL_SERVICE_NAME", "orders"));
        var span = telemetry.Source.CreateActivity("process orders", ActivityKind.Consumer, parent, links: [new(parent, new([new("offset", 42)]))])!;
        span.SetStartTime(start.UtcDateTime);
        span.Start();
        span.SetTag("messaging.system", "kafka").SetTag("note", "two\nlines").AddEvent(new("retried", start, new([new("attempt", 2)])));
        span.SetStatus(ActivityStatusCode.Error, "no such order");
        span.SetEndTime(start.UtcDateTime.AddMilliseconds(5.25));
        span.Stop();

        Assert.Equal(
            $"""
            CONSUMER process orders  5.25 ms  ERROR: no such order
              at: 2026-01-02T03:04:05.123456Z  orders  {telemetry.Source.Name} 1.2.3
              trace: 4bf92f3577b34da6a3ce929d0e0e4736  span {span.SpanId}  parent 00f067aa0ba902b7 (remote)
              link: 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7  offset=42
              messaging.system: kafka
              note: two lines
              event: 03:04:05.123456 retried  attempt=2

            """,
            output.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Root_span_says_so()
    {
        var output = new StringWriter();
        using var telemetry = Telemetry.Start(
            options => options.Output = output, ("OTEL_TRACES_EXPORTER", "console"), ("OTEL_METRICS_EXPORTER", "none"));

        telemetry.Span("a");

        Assert.Contains("  root", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_is_gone_costs_nothing()
    {
        var output = new StringWriter();
        output.Dispose();
        using var telemetry = Telemetry.Start(
            options => options.Output = output, ("OTEL_TRACES_EXPORTER", "console"), ("OTEL_METRICS_EXPORTER", "none"));

        Assert.NotNull(telemetry.Span("a"));
    }

    [Fact]
    public void Metric_is_a_line_and_one_for_each_set_of_attributes()
    {
        var output = new StringWriter();
        using var meter = new Meter("Test." + Guid.NewGuid().ToString("N"));
        using var telemetry = Telemetry.Start(
            options =>
            {
                options.Output = output;
                options.AddMeter(meter.Name);
            },
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OTEL_METRICS_EXPORTER", "console"));
        var sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}");
        sent.Add(2, new KeyValuePair<string, object?>("messaging.destination.name", "orders"));
        sent.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", "payments"));
        meter.CreateHistogram<double>("messaging.process.duration", "s").Record(0.5);

        telemetry.Flush();

        var lines = output.ToString().Split(Environment.NewLine);
        Assert.Contains($"METRIC messaging.client.sent.messages {{message}}  {meter.Name}", lines);
        Assert.Contains("  2  messaging.destination.name=orders", lines);
        Assert.Contains("  1  messaging.destination.name=payments", lines);
        Assert.Contains("  count 1 sum 0.5 min 0.5 max 0.5", lines);
    }
}
