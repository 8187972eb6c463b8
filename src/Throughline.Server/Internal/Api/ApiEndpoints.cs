using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api.OpenApi;

namespace Throughline.Server.Internal.Api;

/// <summary>Puts the API's routes where clients find them.</summary>
internal sealed class ApiEndpoints(ApiServices services, QueryGate gate)
{
    public const string OpenApiPath = "/openapi.json";

    private const string JsonType = "application/json; charset=utf-8";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var routes = ApiRoutes.All(services);
        foreach (var route in routes)
        {
            endpoints.MapGet(ApiRoutes.Prefix + route.Path, (RequestDelegate)(context => AnswerAsync(context, route)));
        }

        var description = OpenApiDocument.Write(routes);
        endpoints.MapGet(ApiRoutes.Prefix + OpenApiPath, (RequestDelegate)(async context =>
        {
            context.Response.ContentType = JsonType;
            await context.Response.Body.WriteAsync(description, context.RequestAborted).ConfigureAwait(false);
        }));
        endpoints.MapFallback(ApiRoutes.Prefix + "/{**path}", (RequestDelegate)(context => ApiProblem.WriteAsync(
            context,
            ApiException.NotFound($"there is no {context.Request.Path}; {ApiRoutes.Prefix}{OpenApiPath} says what there is"))));
    }

    private async Task AnswerAsync(HttpContext context, ApiRoute route)
    {
        try
        {
            var request = new ApiRequest(context.Request, route.Parameters, services.Time);
            request.RefuseUnknown();
            await gate.RunAsync(
                async cancellationToken =>
                {
                    var answer = await route.Handle(request, cancellationToken).ConfigureAwait(false);
                    context.Response.ContentType = JsonType;
                    context.Response.Headers.XContentTypeOptions = "nosniff";
                    await JsonSerializer.SerializeAsync(context.Response.BodyWriter, answer, route.Answer, cancellationToken)
                        .ConfigureAwait(false);
                },
                context.RequestAborted).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            await ApiProblem.WriteAsync(context, e).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
    }
}
