using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api;

/// <summary>Tells a client why its request is refused.</summary>
internal static class ApiProblem
{
    public const string ContentType = "application/problem+json";

    public static async Task WriteAsync(HttpContext context, ApiException e)
    {
        if (!Begin(context.Response, e))
        {
            return;
        }

        var problem = new ProblemView(
            "about:blank", ReasonPhrases.GetReasonPhrase(e.Status), e.Status, e.Message, e.Parameter, e.Value, e.Allowed, e.Line, e.Column);
        context.Response.ContentType = ContentType;
        await JsonSerializer
            .SerializeAsync(context.Response.Body, problem, ApiJson.Of<ProblemView>(), context.RequestAborted)
            .ConfigureAwait(false);
    }

    /// <summary>Sets the status; false where an answer is on its way already, which can only be broken off.</summary>
    public static bool Begin(HttpResponse response, ApiException e)
    {
        if (response.HasStarted)
        {
            response.HttpContext.Abort();
            return false;
        }

        response.Clear();
        response.StatusCode = e.Status;
        if (e.RetryAfter is { } after)
        {
            response.Headers[HeaderNames.RetryAfter] =
                Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return true;
    }
}
