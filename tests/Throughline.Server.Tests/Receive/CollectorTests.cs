using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Tests.Otlp;
using Throughline.TestServers;

namespace Throughline.Server.Tests.Receive;

/// <summary>The OpenTelemetry Collector and its generator of test data, against the real endpoints.</summary>
public sealed class CollectorTests : IAsyncLifetime
{
    private ReceiveHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ReceiveHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task All_of_its_exporters_deliver()
    {
        const int Exporters = 3;
        await using var collector = await ForwardingCollector.TryStartAsync(
            _host.Grpc, _host.Http, TestContext.Current.CancellationToken);
        Assert.SkipWhen(collector is null, "no Collector");
        var request = OtlpRequest.Of(
            it => OtlpRequest.AddSpan(it, "process orders", 5, attributes: [("messaging.system", "kafka"), ("messaging.kafka.offset", 42)]),
            "billing", "Orders");

        using var client = new HttpClient { BaseAddress = collector.OtlpHttp };
        using var taken = await client.PostAsync("/v1/traces", Requests.Content(request), TestContext.Current.CancellationToken);
        taken.EnsureSuccessStatusCode();

        for (var i = 0; i < Exporters; i++)
        {
            var span = Assert.Single((await _host.Ingest.NextSpansAsync()).Spans);
            Assert.Equal(
                (OtlpRequest.Trace, "process orders", "billing", "Orders", 42),
                (span.TraceId.ToString(), span.Name, span.Source.Service, span.Source.ScopeName, span.Messaging!.Offset));
        }
    }

    [Theory]
    [InlineData("traces", false)]
    [InlineData("traces", true)]
    [InlineData("logs", false)]
    [InlineData("logs", true)]
    [InlineData("metrics", false)]
    [InlineData("metrics", true)]
    public async Task Telemetrygen_delivers(string signal, bool byHttp)
    {
        const int Sent = 20;
        string[] transport = byHttp
            ? ["--otlp-http", "--otlp-endpoint", _host.Http.Authority]
            : ["--otlp-endpoint", _host.Grpc.Authority];
        var output = await TelemetryGenerator.TryRunAsync(
            TestContext.Current.CancellationToken,
            [signal, "--otlp-insecure", "--rate", "0", $"--{signal}", $"{Sent}", .. transport]);
        Assert.SkipWhen(output is null, "no telemetrygen");

        for (var read = 0L; read < Sent;)
        {
            var (kind, payload) = await _host.Ingest.NextAsync();
            read += Count(kind, payload);
        }

        static long Count(SignalKind kind, byte[] payload) => kind switch
        {
            SignalKind.Traces => new OtlpDecoder().Traces(payload).Spans.Count,
            SignalKind.Logs => new OtlpDecoder().Logs(payload) is var logs ? logs.Logs.Count + logs.WithoutTrace : 0,
            _ => new OtlpDecoder().Metrics(payload).Unread,
        };
    }
}
