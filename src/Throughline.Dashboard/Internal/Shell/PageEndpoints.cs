using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Dashboard.Internal.Shell;

/// <summary>
/// Renders screens:
/// 1. the screen, which may name the page; 2. the document around it, or nothing for a page that only wants what is new.
/// </summary>
internal sealed class PageEndpoints(PageServices server)
{
    /// <summary>What a page sends along that wants its screen again, without the document around it.</summary>
    public const string FragmentHeader = "X-Throughline-Fragment";

    private static readonly ScreenRoute Missing = new("/{**path}", typeof(MissingScreen), "Not found") { IsLive = false, HasRange = false };

    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var route in Screens.All)
        {
            endpoints.MapGet(route.Path, (RequestDelegate)(context => SendAsync(context, route)));
        }

        endpoints.MapFallback(Missing.Path, (RequestDelegate)(context => SendAsync(context, Missing)));
    }

    private async Task SendAsync(HttpContext context, ScreenRoute route)
    {
        PageHeaders.Set(context.Response);
        try
        {
            await server.Gate.RunAsync(aborted => RenderAsync(context, route, aborted), context.RequestAborted).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            await ApiProblem.WriteAsync(context, e).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the page any more.
        }
    }

    private async Task RenderAsync(HttpContext context, ScreenRoute route, CancellationToken aborted)
    {
        var request = context.RequestServices.GetRequiredService<PageRequest>();
        request.Begin(context, route, server, aborted);
        var html = new Html(context.RequestServices);
        await using (html.ConfigureAwait(false))
        {
            // 1. The screen
            var text = await html.OfAsync(route.Screen).ConfigureAwait(false);

            // 2. The document
            if (!context.Request.Headers.ContainsKey(FragmentHeader))
            {
                if (request.RedirectTo is { } elsewhere)
                {
                    context.Response.StatusCode = StatusCodes.Status303SeeOther;
                    context.Response.Headers.Location = elsewhere;
                    return;
                }

                text = await html.OfAsync(typeof(Document), new KeyValuePair<string, object?>(nameof(Document.Screen), (MarkupString)text)).ConfigureAwait(false);
            }

            context.Response.StatusCode = request.Status;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(text, aborted).ConfigureAwait(false);
        }
    }
}
