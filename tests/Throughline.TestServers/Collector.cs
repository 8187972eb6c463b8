using Throughline.TestServers.Internal;

namespace Throughline.TestServers;

/// <summary>An OpenTelemetry Collector that prints every span it takes, on ports of its own.</summary>
public sealed class Collector : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly KeptProcess _process;
    private readonly PortedConfiguration _configuration;

    private Collector(KeptProcess process, PortedConfiguration configuration)
    {
        _process = process;
        _configuration = configuration;
    }

    /// <summary>Takes OTLP over gRPC.</summary>
    public Uri OtlpGrpc => new($"http://127.0.0.1:{_configuration[6317]}");

    /// <summary>Takes OTLP over HTTP; <c>v1/traces</c> is below it.</summary>
    public Uri OtlpHttp => new($"http://127.0.0.1:{_configuration[6318]}");

    /// <summary>Takes Zipkin's v2 JSON at <c>api/v2/spans</c>.</summary>
    public Uri Zipkin => new($"http://127.0.0.1:{_configuration[9412]}/");

    /// <summary>Everything printed so far, a line each.</summary>
    public IReadOnlyList<string> Output => _process.Output.Lines;

    /// <summary>Starts the Collector; where it cannot be had, says so once and returns null.</summary>
    public static async Task<Collector?> TryStartAsync(CancellationToken cancellation = default)
    {
        if (ServersFolder.Find(out var why) is not { } servers)
        {
            LeftOut.Say("tests with the OpenTelemetry Collector", why);
            return null;
        }

        var configuration = new PortedConfiguration(Path.Combine(servers, "otelcol", "print.yaml"));
        var process = ServerProgram.Start(
            "Collector", Path.Combine(servers, "otelcol", "otelcol"), "--config", configuration.Path);
        var collector = new Collector(process, configuration);
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

    /// <summary>Waits until a line has been printed that matches, and returns the first one.</summary>
    public Task<string> WaitForLineAsync(
        Func<string, bool> matches, TimeSpan timeout, CancellationToken cancellation = default) =>
        _process.WaitForLineAsync(matches, timeout, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _configuration.Dispose();
    }
}
