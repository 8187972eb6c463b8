using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Throughline.OpenTelemetry;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using SpanKind = Throughline.Server.Internal.Spans.SpanKind;

namespace Throughline.Server.Tests.Receive;

/// <summary>The OpenTelemetry .NET SDK as users set it up, against the real endpoints.</summary>
public sealed class DotNetSdkTests : IAsyncLifetime
{
    private readonly ActivitySource _source = new("Test." + Guid.NewGuid().ToString("N"), "1.2.3");
    private readonly Meter _meter = new("Test." + Guid.NewGuid().ToString("N"));
    private ReceiveHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ReceiveHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _source.Dispose();
        _meter.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Traces_arrive_by_its_own_exporter(OtlpExportProtocol protocol)
    {
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource(_source.Name)
            .ConfigureResource(resource => resource.AddService("billing"))
            .AddOtlpExporter(options => Configure(options, protocol, "v1/traces"))
            .Build();
        var sent = ProcessOrders();

        Assert.True(tracing.ForceFlush(20_000));

        Check(sent, Assert.Single((await _host.Ingest.NextSpansAsync()).Spans));
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task Traces_arrive_when_the_environment_sets_it_up(string protocol)
    {
        using var sdk = Start(
            ("OTEL_TRACES_EXPORTER", "otlp"), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", (protocol == "grpc" ? _host.Grpc : _host.Http).ToString()));
        var sent = ProcessOrders();

        Assert.True(sdk.Flush(TimeSpan.FromSeconds(20)));

        Check(sent, Assert.Single((await _host.Ingest.NextSpansAsync()).Spans));
    }

    [Fact]
    public async Task Traces_arrive_as_Zipkins()
    {
        using var sdk = Start(
            ("OTEL_TRACES_EXPORTER", "zipkin"), ("OTEL_EXPORTER_ZIPKIN_ENDPOINT", new Uri(_host.Http, "/api/v2/spans").ToString()));
        var sent = ProcessOrders();

        Assert.True(sdk.Flush(TimeSpan.FromSeconds(20)));

        Check(sent, Assert.Single((await _host.Ingest.NextSpansAsync()).Spans), isOfZipkin: true);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Metrics_arrive(OtlpExportProtocol protocol)
    {
        using var metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter(_meter.Name)
            .AddOtlpExporter(options => Configure(options, protocol, "v1/metrics"))
            .Build();
        _meter.CreateCounter<long>("messaging.client.sent.messages").Add(
            3, new("messaging.destination.name", "orders"), new("messaging.destination.partition.id", "1"));
        _meter.CreateHistogram<double>("messaging.process.duration").Record(
            0.5, new KeyValuePair<string, object?>("messaging.consumer.group.name", "billing"));
        _meter.CreateCounter<long>("orders.made").Add(1);

        Assert.True(metrics.ForceFlush(20_000));

        var (kind, payload) = await _host.Ingest.NextAsync();
        Assert.Equal(SignalKind.Metrics, kind);
        var read = new OtlpDecoder().Metrics(payload);
        Assert.Equal(1, read.Unread);
        var sent = Assert.Single(read.Points, point => point.Metric == "messaging.client.sent.messages");
        Assert.Equal(("orders", 1, 3, true), (sent.Topic!, sent.Partition, sent.Value, sent.IsCumulative));
        var processed = Assert.Single(read.Points, point => point.Metric == "messaging.process.duration");
        Assert.Equal(("billing", 1, 0.5), (processed.Group!, processed.Count, processed.Value));
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Logs_arrive(OtlpExportProtocol protocol)
    {
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).Build();
        Activity span;
        using (var logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(
            options => options.AddOtlpExporter(exporter => Configure(exporter, protocol, "v1/logs")))))
        {
            span = _source.StartActivity("handle")!;
            logging.CreateLogger("Orders").Log(LogLevel.Error, default, "An order failed.", null, static (text, _) => text);
            span.Stop();
        }

        var (kind, payload) = await _host.Ingest.NextAsync();
        Assert.Equal(SignalKind.Logs, kind);
        var log = Assert.Single(new OtlpDecoder().Logs(payload).Logs);
        Assert.Equal((span.TraceId.ToHexString(), 17), (log.TraceId.ToString(), log.Severity));
    }

    private void Configure(OtlpExporterOptions options, OtlpExportProtocol protocol, string path)
    {
        options.Protocol = protocol;
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? _host.Grpc : new Uri(_host.Http, path);
    }

    private ThroughlineSdk Start(params (string Name, string Value)[] variables) => ThroughlineSdk.Start(options =>
    {
        options.UseEnvironment(
            variables.Append(("OTEL_SERVICE_NAME", "billing")).Append(("OTEL_METRICS_EXPORTER", "none"))
                .ToDictionary(variable => variable.Item1, variable => variable.Item2));
        options.AddSource(_source.Name);
        options.Warn = line => Assert.Fail(line);
    });

    private Activity ProcessOrders()
    {
        var creation = new ActivityContext(
            ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"),
            ActivitySpanId.CreateFromString("b7ad6b7169203331"), ActivityTraceFlags.Recorded, isRemote: true);
        using var span = _source.StartActivity(
            ActivityKind.Consumer, name: "process orders",
            links: [new ActivityLink(creation, new([new("messaging.kafka.offset", 42L)]))])!;
        span.SetTag("messaging.system", "kafka").SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", "orders").SetTag("messaging.destination.partition.id", "3")
            .SetTag("messaging.kafka.offset", 42L).SetTag("messaging.consumer.group.name", "billing");
        span.AddException(new InvalidOperationException("no such order"));
        span.SetStatus(ActivityStatusCode.Error, "no such order");
        return span;
    }

    private static void Check(Activity sent, SpanFacts read, bool isOfZipkin = false)
    {
        Assert.Equal((sent.TraceId.ToHexString(), sent.SpanId.ToHexString()), (read.TraceId.ToString(), read.SpanId.ToString("x16")));
        Assert.Equal(("process orders", SpanKind.Consumer, SpanStatus.Error), (read.Name, read.Kind, read.Status));
        Assert.Equal(("billing", sent.Source.Name), (read.Source.Service, read.Source.ScopeName));
        Assert.Equal("System.InvalidOperationException", read.ErrorType);
        var record = read.Messaging!;
        Assert.Equal(
            ("kafka", MessagingOperation.Process, "orders", 3, 42, "billing"),
            (record.System, record.Operation, record.Topic!, record.Partition, record.Offset, record.Group!));
        var link = Assert.Single(read.Links);
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c/b7ad6b7169203331", 42), (link.Key.ToString(), link.Offset));
        var start = (sent.StartTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        Assert.Equal(isOfZipkin ? start / 1000 * 1000 : start, read.StartUnixNs);
        Assert.Equal(isOfZipkin ? null : true, link.IsSampled);
    }
}
