using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Throughline.Samples.Tests;

/// <summary>What NOTIFY_URL names: takes notifications, and fails while it is told to.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<(Guid OrderId, string Key, string TraceParent)> _taken =
        Channel.CreateUnbounded<(Guid, string, string)>();

    private Webhook(WebApplication app) => _app = app;

    public Uri Address => new(new Uri(_app.Urls.First()), "/notify");

    /// <summary>Every answer waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Completes when a notification has come, answered or not.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers 500 while set.</summary>
    public bool Failing { get; set; }

    public static async Task<Webhook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var webhook = new Webhook(builder.Build());
        webhook._app.MapPost("/notify", webhook.TakeAsync);
        await webhook._app.StartAsync();
        return webhook;
    }

    /// <summary>The next notification: its order, its idempotency key and the trace that it came with.</summary>
    public async Task<(Guid OrderId, string Key, string TraceParent)> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _taken.Reader.ReadAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        Asked.TrySetResult();
        await Gate;
        if (Failing)
        {
            return Results.StatusCode(StatusCodes.Status500InternalServerError);
        }

        using var body = await JsonDocument.ParseAsync(request.Body);
        _taken.Writer.TryWrite((
            body.RootElement.GetProperty("orderId").GetGuid(),
            request.Headers["Idempotency-Key"].ToString(),
            request.Headers.TraceParent.ToString()));
        return Results.NoContent();
    }
}
