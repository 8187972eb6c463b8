using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Throughline.Cli.Tests;

/// <summary>An OTLP/HTTP backend on loopback that answers as the test wants.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Backend(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>What was posted, whatever was answered.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = [];

    public static async Task<Backend> StartAsync(Func<int, int>? statusOfAttempt = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var backend = new Backend(builder.Build());
        backend._app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            backend.Bodies.Enqueue(body.ToArray());
            return Results.StatusCode(statusOfAttempt?.Invoke(backend.Bodies.Count) ?? StatusCodes.Status200OK);
        });
        await backend._app.StartAsync();
        return backend;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
