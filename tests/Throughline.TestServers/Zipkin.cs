using Throughline.TestServers.Internal;

namespace Throughline.TestServers;

/// <summary>Zipkin with an in-memory store, on a port of its own.</summary>
public sealed class Zipkin : IAsyncDisposable
{
    private readonly KeptProcess _process;

    private Zipkin(KeptProcess process, int port)
    {
        _process = process;
        Query = new Uri($"http://127.0.0.1:{port}/");
    }

    /// <summary>Takes spans at <c>api/v2/spans</c> and answers queries, such as <c>api/v2/trace/{id}</c>.</summary>
    public Uri Query { get; }

    /// <summary>Starts Zipkin; where it cannot be had, says so once and returns null.</summary>
    public static async Task<Zipkin?> TryStartAsync(CancellationToken cancellation = default)
    {
        var servers = ServersFolder.Find(out var why);
        if (servers is null || Java.WhyMissing is not null)
        {
            LeftOut.Say("tests with Zipkin", servers is null ? why : Java.WhyMissing!);
            return null;
        }

        var port = LoopbackPorts.Next();
        var process = ServerProgram.Start("Zipkin", Path.Combine(servers, "zipkin", "zipkin"), $"{port}");
        var zipkin = new Zipkin(process, port);
        try
        {
            await ServerProgram.WaitForAnswerAsync(process, "Zipkin", new Uri(zipkin.Query, "health"), cancellation);
            return zipkin;
        }
        catch
        {
            await zipkin.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
