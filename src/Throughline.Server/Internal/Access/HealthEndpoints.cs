using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Pipeline;

namespace Throughline.Server.Internal.Access;

/// <summary>For whoever restarts servers, and whoever sends them traffic.</summary>
internal static class HealthEndpoints
{
    public const string Alive = "/healthz";
    public const string Ready = "/readyz";

    public static bool IsHealth(PathString path) => path == Alive || path == Ready;

    /// <param name="endpoints">Where to.</param>
    /// <param name="health">What is wrong with the pipeline.</param>
    public static void Map(IEndpointRouteBuilder endpoints, PipelineHealth health)
    {
        // Only a restart helps against a fault; what passes by itself is no reason for one.
        endpoints.MapGet(Alive, (RequestDelegate)(context => AnswerAsync(context, health.Fault ?? health.LogFailed)));
        endpoints.MapGet(Ready, (RequestDelegate)(context => AnswerAsync(context, WhyNotReady(health))));
    }

    private static string? WhyNotReady(PipelineHealth health) =>
        health.Fault ?? health.LogFailed ?? (health.IsRecovering ? "what the ingest log has since the last checkpoint is being read" : health.StoreFull);

    private static Task AnswerAsync(HttpContext context, string? problem)
    {
        context.Response.StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(problem ?? "ok", context.RequestAborted);
    }
}
