using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Throughline.OpenTelemetry.Tests;

public sealed class SendingTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Passing_failure_is_retried_after_the_time_that_the_receiver_asks_for(int status)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(status, headers: ("Retry-After", "1"));
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "http/json"));
        telemetry.Span("a");
        var started = Stopwatch.GetTimestamp();

        Assert.True(telemetry.Flush());

        var first = await receiver.NextAsync();
        var second = await receiver.NextAsync();
        Assert.Equal(first.Text, second.Text);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
        Assert.Empty(telemetry.Warnings);
    }

    [Fact]
    public async Task Passing_failure_of_the_sdks_own_exporter_is_retried_too()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(503);
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "http/protobuf"));
        telemetry.Span("a");

        telemetry.Flush();

        Assert.Equal((await receiver.NextAsync()).Body, (await receiver.NextAsync()).Body);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Lasting_failure_is_said_and_not_retried(int status)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(status);
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "http/json"));
        telemetry.Span("a");
        telemetry.Flush();
        await receiver.NextAsync();

        telemetry.Span("b");
        telemetry.Flush();

        Assert.Contains("\"b\"", (await receiver.NextAsync()).Text, StringComparison.Ordinal);
        Assert.Empty(receiver.Rest());
        Assert.Equal($"otlp {receiver.Address}v1/traces: 1 spans were not taken: answered {status}", Assert.Single(telemetry.Warnings));
    }

    [Fact]
    public async Task Retry_that_would_come_after_the_timeout_is_not_waited_for()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(503, headers: ("Retry-After", "60"));
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "http/json", ("OTEL_EXPORTER_OTLP_TIMEOUT", "19000")));
        telemetry.Span("a");

        telemetry.Flush();

        await receiver.NextAsync();
        Assert.Contains("answered 503 (after 1 attempts)", Assert.Single(telemetry.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_that_never_answers_costs_the_timeout_only()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.NeverAnswer();
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "http/json", ("OTEL_EXPORTER_OTLP_TIMEOUT", "200")));
        telemetry.Span("a");

        telemetry.Flush();

        Assert.Contains("no answer within 0.2 s", Assert.Single(telemetry.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Receiver_that_is_not_there_is_said_once_a_minute_and_evented_each_time()
    {
        using var events = new Events();
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(
            new Uri("http://127.0.0.1:1/"), "http/json", ("OTEL_EXPORTER_OTLP_TIMEOUT", "150")));
        for (var i = 0; i < 3; i++)
        {
            telemetry.Span("a");
            telemetry.Flush();
        }

        Assert.Contains("http://127.0.0.1:1/v1/traces: 1 spans were not taken", Assert.Single(telemetry.Warnings), StringComparison.Ordinal);
        Assert.Equal(3, events.Count("otlp http://127.0.0.1:1/v1/traces"));
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public void Receiver_that_is_not_there_is_said_for_the_sdks_own_exporters_too(string protocol)
    {
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(
            new Uri("http://127.0.0.1:2/?key=s3cret"), protocol, ("OTEL_EXPORTER_OTLP_TIMEOUT", "150")));
        telemetry.Span("a");
        telemetry.Flush();

        var warning = Assert.Single(telemetry.Warnings);
        Assert.StartsWith("otlp http://127.0.0.1:2/", warning, StringComparison.Ordinal);
        Assert.Contains("a request failed: ", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"partialSuccess":{"rejectedSpans":"5","errorMessage":"too old"}}""", "5 spans rejected: too old")]
    [InlineData("""{"partialSuccess":{"rejectedSpans":5}}""", "5 spans rejected: ")]
    [InlineData("""{"partialSuccess":{"errorMessage":"soon full"}}""", "0 spans rejected: soon full")]
    public async Task Partial_success_is_said_and_not_sent_again(string answer, string said)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(200, answer);
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "http/json"));
        telemetry.Span("a");

        Assert.True(telemetry.Flush());

        await receiver.NextAsync();
        Assert.EndsWith(said, Assert.Single(telemetry.Warnings), StringComparison.Ordinal);
        Assert.Empty(receiver.Rest());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"partialSuccess":{}}""")]
    [InlineData("""{"partialSuccess":null}""")]
    [InlineData("[1]")]
    [InlineData("OK")]
    public async Task Full_success_says_nothing_in_whatever_form(string answer)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(200, answer);
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "http/json"));
        telemetry.Span("a");

        Assert.True(telemetry.Flush());

        Assert.Empty(telemetry.Warnings);
    }

    [Fact]
    public async Task Warning_hook_that_throws_costs_no_spans()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(400);
        using var telemetry = Telemetry.Start(
            options => options.Warn = _ => throw new InvalidOperationException("a log of the caller's"),
            Telemetry.TracesTo(receiver.Address, "http/json"));
        telemetry.Span("a");
        telemetry.Flush();
        telemetry.Span("b");
        telemetry.Flush();

        await receiver.NextAsync();
        Assert.Contains("\"b\"", (await receiver.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grpc_goes_by_http2_to_the_services_method()
    {
        await using var receiver = await Receiver.StartAsync(HttpProtocols.Http2);
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "grpc", ("OTEL_EXPORTER_OTLP_HEADERS", "tenant=a%2Cb")));
        telemetry.Span("over gRPC");
        telemetry.Flush();

        var request = await receiver.NextAsync();

        Assert.Equal("HTTP/2", request.Protocol);
        Assert.Equal("/opentelemetry.proto.collector.trace.v1.TraceService/Export", request.Path);
        Assert.Equal("a,b", request.Header("tenant"));
        Assert.Contains("over gRPC", request.Text, StringComparison.Ordinal);
    }

    private sealed class Events : EventListener
    {
        private readonly List<string> _exporters = [];

        public int Count(string exporter)
        {
            lock (_exporters)
            {
                return _exporters.Count(name => name == exporter);
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Throughline-OpenTelemetry")
            {
                EnableEvents(eventSource, EventLevel.Verbose);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName == "SpansNotTaken")
            {
                lock (_exporters)
                {
                    _exporters.Add((string)eventData.Payload![0]!);
                }
            }
        }
    }
}
