using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Throughline.Dashboard.Internal.Demo;

/// <summary>Where the button leads that runs the demo's orders. Only mapped where they can be run.</summary>
internal static class DemoEndpoint
{
    public const string Path = "/demo";

    private const string FetchSite = "Sec-Fetch-Site";

    public static void Map(IEndpointRouteBuilder endpoints, DemoRuns demo)
    {
        if (demo.IsOffered)
        {
            endpoints.MapPost(Path, (RequestDelegate)(context => Start(context, demo)));
        }
    }

    private static Task Start(HttpContext context, DemoRuns demo)
    {
        // The guard before all pages has looked at the origin; a browser that tells none tells at least where the form was.
        if (context.Request.Headers[FetchSite].ToString() is not ("" or "same-origin"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        demo.TryStart(context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
        return Task.CompletedTask;
    }
}
