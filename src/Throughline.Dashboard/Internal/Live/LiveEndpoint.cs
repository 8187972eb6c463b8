using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Throughline.Server.Internal.Api.Metrics;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Dashboard.Internal.Live;

/// <summary>
/// Tells pages that there is something new, by server-sent events: they ask again for what they show. Only that it is so is
/// sent, not what: a page that was away for a while misses nothing.
/// </summary>
internal static class LiveEndpoint
{
    public const string Path = "/live";

    /// <summary>Four times a second at most.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A page that hears nothing for longer than two of these takes the server for gone.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder endpoints, PageServices server) =>
        endpoints.MapGet(Path, (RequestDelegate)(context => SendAsync(context, server)));

    private static async Task SendAsync(HttpContext context, PageServices server)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await FollowAsync(context.Response, server, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The page was left, or the server stops.
        }
    }

    private static async Task FollowAsync(HttpResponse response, PageServices server, CancellationToken ended)
    {
        var time = server.Api.Time;
        var last = StateOf(server.Metrics);
        var lastSent = time.GetTimestamp();
        await SendAsync(response, "hello", last, ended).ConfigureAwait(false);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
        {
            var state = StateOf(server.Metrics);
            if (state == last && time.GetElapsedTime(lastSent) < PingAfter)
            {
                continue;
            }

            await SendAsync(response, state == last ? "ping" : "tick", state, ended).ConfigureAwait(false);
            (last, lastSent) = (state, time.GetTimestamp());
        }
    }

    /// <summary>Changes whenever an answer may have: what was received, and what was settled of it.</summary>
    private static (long Received, long Stored) StateOf(MetricSources sources) =>
        (sources.Pipeline.Spans, sources.Pipeline.Kept);

    private static async Task SendAsync(HttpResponse response, string name, (long Received, long Stored) state, CancellationToken ended)
    {
        await response.WriteAsync($"event: {name}\ndata: {{\"received\":{state.Received},\"stored\":{state.Stored}}}\n\n", ended).ConfigureAwait(false);
        await response.Body.FlushAsync(ended).ConfigureAwait(false);
    }
}
