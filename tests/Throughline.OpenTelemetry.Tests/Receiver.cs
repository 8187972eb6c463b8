using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Throughline.OpenTelemetry.Tests;

/// <summary>A receiver on loopback that keeps every request, and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _server;
    private readonly Channel<ReceivedRequest> _requests = Channel.CreateUnbounded<ReceivedRequest>();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();

    private Receiver(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    public static async Task<Receiver> StartAsync(HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var server = builder.Build();
        var receiver = new Receiver(server);
        server.Run(receiver.HandleAsync);
        await server.StartAsync();
        return receiver;
    }

    /// <summary>The next request is answered so; those after the last such answer get an empty 200.</summary>
    public Receiver Answer(int status, string body = "", params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            return context.Response.WriteAsync(body);
        });
        return this;
    }

    /// <summary>The next request gets no answer before the client gives up.</summary>
    public Receiver NeverAnswer()
    {
        _answers.Enqueue(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default));
        return this;
    }

    public async Task<ReceivedRequest> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return await _requests.Reader.ReadAsync(limit.Token);
    }

    /// <summary>What has come and was not asked for yet.</summary>
    public IReadOnlyList<ReceivedRequest> Rest()
    {
        var rest = new List<ReceivedRequest>();
        while (_requests.Reader.TryRead(out var request))
        {
            rest.Add(request);
        }

        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        await _requests.Writer.WriteAsync(new(context.Request.Method, context.Request.Path, context.Request.Protocol, headers, body.ToArray()));
        if (context.Request.ContentType == "application/grpc")
        {
            // An empty message, and the status in the trailers.
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else if (_answers.TryDequeue(out var answer))
        {
            await answer(context);
        }
    }
}
