using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;

namespace Throughline.Server.Internal.Compat;

/// <summary>Another tool's API: its routes, let in like any query, and refused in that tool's words.</summary>
/// <param name="prefix">What stands before its paths, because the tools' paths collide.</param>
/// <param name="gate">Lets queries in.</param>
/// <param name="refuse">Writes why a request is refused.</param>
internal sealed class Surface(string prefix, QueryGate gate, Func<HttpContext, ApiException, Task> refuse)
{
    public void Get(IEndpointRouteBuilder endpoints, string path, Func<HttpContext, CancellationToken, Task> answer) =>
        endpoints.MapGet(prefix + path, (RequestDelegate)(context => RunAsync(context, answer)));

    public void Post(IEndpointRouteBuilder endpoints, string path, Func<HttpContext, CancellationToken, Task> answer) =>
        endpoints.MapPost(prefix + path, (RequestDelegate)(context => RunAsync(context, answer)));

    private async Task RunAsync(HttpContext context, Func<HttpContext, CancellationToken, Task> answer)
    {
        try
        {
            await gate.RunAsync(cancellationToken => answer(context, cancellationToken), context.RequestAborted)
                .ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            if (ApiProblem.Begin(context.Response, e))
            {
                await refuse(context, e).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
    }
}
