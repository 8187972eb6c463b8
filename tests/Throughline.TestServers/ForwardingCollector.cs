using Throughline.TestServers.Internal;

namespace Throughline.TestServers;

/// <summary>
/// An OpenTelemetry Collector that sends on whatever it takes, by each of its OTLP exporters: gRPC, HTTP with protobuf,
/// both with gzip, and HTTP with JSON.
/// </summary>
public sealed class ForwardingCollector : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly KeptProcess _process;
    private readonly string _configuration;

    private ForwardingCollector(KeptProcess process, string configuration, int port)
    {
        _process = process;
        _configuration = configuration;
        OtlpHttp = new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>Takes OTLP over HTTP; <c>v1/traces</c> is below it.</summary>
    public Uri OtlpHttp { get; }

    /// <summary>Starts it; where it cannot be had, says so once and returns null.</summary>
    /// <param name="grpc">A server of OTLP over gRPC.</param>
    /// <param name="http">A server of OTLP over HTTP.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<ForwardingCollector?> TryStartAsync(Uri grpc, Uri http, CancellationToken cancellation = default)
    {
        if (ServersFolder.Find(out var why) is not { } servers)
        {
            LeftOut.Say("tests with the OpenTelemetry Collector's exporters", why);
            return null;
        }

        var port = LoopbackPorts.Next();
        var configuration = Path.Combine(Path.GetTempPath(), $"throughline-{Path.GetRandomFileName()}.yaml");
        await File.WriteAllTextAsync(configuration, Configuration(port, grpc, http), cancellation);
        var process = ServerProgram.Start(
            "Collector", Path.Combine(servers, "otelcol", "otelcol"), "--config", configuration);
        var collector = new ForwardingCollector(process, configuration, port);
        try
        {
            await process.WaitForLineAsync(
                line => line.Contains("Everything is ready", StringComparison.Ordinal), StartTimeout, cancellation);
            return collector;
        }
        catch
        {
            await collector.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_configuration);
    }

    private static string Configuration(int port, Uri grpc, Uri http) => $$"""
        receivers:
          otlp: { protocols: { http: { endpoint: "127.0.0.1:{{port}}" } } }
        exporters:
          otlp/grpc: { endpoint: "{{grpc.Authority}}", tls: { insecure: true } }
          otlphttp/protobuf: { endpoint: "{{http.GetLeftPart(UriPartial.Authority)}}" }
          otlphttp/json: { endpoint: "{{http.GetLeftPart(UriPartial.Authority)}}", encoding: json, compression: none }
        service:
          telemetry: { metrics: { level: none } }
          pipelines:
            traces: { receivers: [otlp], exporters: [otlp/grpc, otlphttp/protobuf, otlphttp/json] }
            metrics: { receivers: [otlp], exporters: [otlp/grpc, otlphttp/protobuf, otlphttp/json] }
            logs: { receivers: [otlp], exporters: [otlp/grpc, otlphttp/protobuf, otlphttp/json] }

        """;
}
