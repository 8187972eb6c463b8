using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Throughline.Server.Internal.Ingest;

namespace Throughline.Server.Internal.Receive;

/// <summary>Zipkin's <c>POST /api/v2/spans</c>, JSON: 202 and no body, or a cause as text.</summary>
internal sealed class ZipkinHttp(Receiver receiver)
{
    private const string Json = "application/json";

    public async Task HandleAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
        {
            await HttpReply.SendTextAsync(
                context, StatusCodes.Status415UnsupportedMediaType,
                $"the content type \"{context.Request.ContentType}\" is not known; allowed is {Json}").ConfigureAwait(false);
            return;
        }

        WireLimits.Set(context, receiver.Options);
        var answer = await receiver.TakeAsync(
            SignalKind.Traces, PayloadForm.Zipkin, HttpReply.Compression(context), context.Request.Body,
            context.Request.ContentLength, context.RequestAborted).ConfigureAwait(false);
        HttpReply.SetHeaders(context, answer);
        if (answer.Result == ReceiveResult.Accepted)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        else
        {
            await HttpReply.SendTextAsync(context, HttpReply.StatusOf(answer.Result), answer.Message ?? "")
                .ConfigureAwait(false);
        }
    }

    // Zipkin takes a post that names no type for JSON.
    private static bool IsJson(string? contentType) => string.IsNullOrEmpty(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase));
}
