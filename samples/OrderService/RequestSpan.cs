using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace OrderService;

/// <summary>
/// Completes the span that ASP.NET Core starts for a request: .NET 10 leaves out the route's name and the status, which
/// OpenTelemetry.Instrumentation.AspNetCore adds where that package is used.
/// </summary>
internal static class RequestSpan
{
    public static async Task CompleteAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            await next(context);
            return;
        }

        // A probe every few seconds is no trace that anybody looks at.
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            await next(context);
            return;
        }

        await next(context);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
