using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Hosting;
using Throughline.Server.Internal.Receive;

namespace Throughline.Server.Tests.Receive;

/// <summary>The receivers on loopback, on ports of their own, as the server puts them there.</summary>
internal sealed class ReceiveHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ReceiveHost(WebApplication app, Receiver receiver, RecordingIngest ingest)
    {
        _app = app;
        Receiver = receiver;
        Ingest = ingest;
        var addresses = WebHost.Addresses(app);
        (Grpc, Http) = (addresses[0], addresses[1]);
        Client = new HttpClient { BaseAddress = Http };
    }

    public RecordingIngest Ingest { get; }

    public Receiver Receiver { get; }

    public Uri Grpc { get; }

    public Uri Http { get; }

    /// <summary>Talks to <see cref="Http"/>.</summary>
    public HttpClient Client { get; }

    public static async Task<ReceiveHost> StartAsync(ReceiveOptions? options = null, TimeProvider? time = null)
    {
        options ??= new ReceiveOptions();
        var ingest = new RecordingIngest();
        var receiver = new Receiver(ingest, options, time ?? TimeProvider.System, NullLogger.Instance);
        var app = WebHost.Build(
            IPAddress.Loopback, [(0, HttpProtocols.Http2), (0, HttpProtocols.Http1AndHttp2)], certificate: null,
            options.RequestSizeMax, NullLoggerFactory.Instance, web =>
            {
                web.MapOtlpGrpc(receiver);
                web.MapOtlpHttp(receiver);
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ReceiveHost(app, receiver, ingest);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
