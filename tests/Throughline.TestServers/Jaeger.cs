using Throughline.TestServers.Internal;

namespace Throughline.TestServers;

/// <summary>Jaeger with an in-memory store, on ports of its own.</summary>
public sealed class Jaeger : IAsyncDisposable
{
    private readonly KeptProcess _process;
    private readonly PortedConfiguration _configuration;

    private Jaeger(KeptProcess process, PortedConfiguration configuration)
    {
        _process = process;
        _configuration = configuration;
    }

    /// <summary>Takes OTLP over gRPC.</summary>
    public Uri OtlpGrpc => new($"http://127.0.0.1:{_configuration[14317]}");

    /// <summary>Takes OTLP over HTTP; <c>v1/traces</c> is below it.</summary>
    public Uri OtlpHttp => new($"http://127.0.0.1:{_configuration[14318]}");

    /// <summary>Answers queries, such as <c>api/traces/{id}</c> and <c>api/v3/traces/{id}</c>.</summary>
    public Uri Query => new($"http://127.0.0.1:{_configuration[16686]}/");

    /// <summary>Starts Jaeger; where it cannot be had, says so once and returns null.</summary>
    public static async Task<Jaeger?> TryStartAsync(CancellationToken cancellation = default)
    {
        if (ServersFolder.Find(out var why) is not { } servers)
        {
            LeftOut.Say("tests with Jaeger", why);
            return null;
        }

        var configuration = new PortedConfiguration(Path.Combine(servers, "jaeger", "memory.yaml"));
        var process = ServerProgram.Start(
            "Jaeger", Path.Combine(servers, "jaeger", "jaeger"), "--config", configuration.Path);
        var jaeger = new Jaeger(process, configuration);
        try
        {
            await ServerProgram.WaitForAnswerAsync(
                process, "Jaeger", new Uri(jaeger.Query, "api/services"), cancellation);
            return jaeger;
        }
        catch
        {
            await jaeger.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _configuration.Dispose();
    }
}
