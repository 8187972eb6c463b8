using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Throughline.Cli.Demo.Otlp;

/// <summary>
/// The address that all services are given: takes their spans and metrics as OTLP over HTTP, passes them on, and takes their
/// notifications, which the demo counts in place of a mail server.
/// </summary>
internal sealed class SpanReceiver : IAsyncDisposable
{
    /// <summary>Where spans go of which the report does not tell: they are passed on, and not read.</summary>
    public const string TracesBeside = "/beside/v1/traces";

    public const string Notifications = "/notifications";

    private const int BatchesMax = 4096;
    private const int RequestBytesMax = 16 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _notified = [];
    private readonly Channel<IReadOnlyList<TraceSpan>> _batches =
        Channel.CreateBounded<IReadOnlyList<TraceSpan>>(new BoundedChannelOptions(BatchesMax) { SingleReader = true });
    private volatile IReadOnlyList<OtlpForwarder> _forwarders = [];
    private volatile OtlpForwarder? _metrics;
    private volatile bool _isRead = true;

    private SpanReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBytesMax)
            .UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapPost("/v1/traces", (RequestDelegate)TakeSpansAsync);
        _app.MapPost(TracesBeside, (RequestDelegate)TakeSpansBesideAsync);
        _app.MapPost("/v1/metrics", (RequestDelegate)TakeMetricsAsync);
        _app.MapPost(Notifications, (RequestDelegate)TakeNotificationAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address =>
        new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Spans, a batch for each request that came.</summary>
    public ChannelReader<IReadOnlyList<TraceSpan>> Batches => _batches.Reader;

    /// <summary>Each gets a copy of every request of spans from now on.</summary>
    public IReadOnlyList<OtlpForwarder> Forwarders
    {
        set => _forwarders = value;
    }

    /// <summary>Gets every request of metrics from now on.</summary>
    public OtlpForwarder Metrics
    {
        set => _metrics = value;
    }

    public static async Task<SpanReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new SpanReceiver();
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>For how many of the orders a notification came.</summary>
    public int CountNotified(IReadOnlyList<string> orderIds) => orderIds.Count(_notified.ContainsKey);

    /// <summary>From now on spans are passed on only: nobody takes batches any more.</summary>
    public void StopReading()
    {
        _isRead = false;
        while (_batches.Reader.TryRead(out _))
        {
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeSpansAsync(HttpContext context)
    {
        var bytes = await ReadAsync(context);
        var spans = new List<TraceSpan>();
        if (!OtlpTraceReader.TryRead(bytes, spans))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        PassOn(bytes);
        if (_isRead)
        {
            await _batches.Writer.WriteAsync(spans, context.RequestAborted);
        }

        AllTaken(context);
    }

    private async Task TakeSpansBesideAsync(HttpContext context)
    {
        PassOn(await ReadAsync(context));
        AllTaken(context);
    }

    private async Task TakeMetricsAsync(HttpContext context)
    {
        var bytes = await ReadAsync(context);
        _metrics?.Offer(bytes);
        AllTaken(context);
    }

    private void PassOn(byte[] spans)
    {
        foreach (var forwarder in _forwarders)
        {
            forwarder.Offer(spans);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    /// <summary>An export's response is an empty message then.</summary>
    private static void AllTaken(HttpContext context) => context.Response.ContentType = "application/x-protobuf";

    private async Task TakeNotificationAsync(HttpContext context)
    {
        try
        {
            using var notification = await JsonDocument.ParseAsync(
                context.Request.Body, cancellationToken: context.RequestAborted);
            var order = notification.RootElement.GetProperty("orderId").GetString()!;
            _notified.TryAdd(order, true);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>Signals are the command line's business, not this little server's.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
