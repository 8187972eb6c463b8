using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Throughline.Server.Internal.Receive;

/// <summary>How HTTP says what became of a request.</summary>
internal static class HttpReply
{
    /// <summary>The request's compression, or null. Several, one over the other, are one that is not known.</summary>
    public static string? Compression(HttpContext context) =>
        context.Request.Headers.ContentEncoding is { Count: > 0 } named ? named.ToString() : null;

    public static int StatusOf(ReceiveResult result) => result switch
    {
        ReceiveResult.Accepted => StatusCodes.Status200OK,
        ReceiveResult.Busy => StatusCodes.Status503ServiceUnavailable,
        ReceiveResult.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ReceiveResult.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        ReceiveResult.TimedOut => StatusCodes.Status408RequestTimeout,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>When to try again; which compressions there are.</summary>
    public static void SetHeaders(HttpContext context, ReceiveAnswer answer)
    {
        if (answer.Result == ReceiveResult.Busy)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(answer.RetryAfter.TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        else if (answer.Result == ReceiveResult.Unsupported)
        {
            context.Response.Headers.AcceptEncoding = BodyCompression.Allowed;
        }
    }

    public static Task SendTextAsync(HttpContext context, int status, string text) =>
        SendAsync(context, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text + "\n"));

    public static async Task SendAsync(HttpContext context, int status, string contentType, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
