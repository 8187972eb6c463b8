using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Api;

namespace Throughline.Server.Internal.Compat.Jaeger;

/// <summary>What Jaeger puts around every answer.</summary>
internal static class JaegerEnvelope
{
    private const string ErrorType = "text/plain; charset=utf-8";

    /// <summary>Data.</summary>
    /// <param name="context">The request.</param>
    /// <param name="total">Items, of lists of names; 0 of everything else.</param>
    /// <param name="data">Writes the data.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task WriteAsync(HttpContext context, int total, Action<Utf8JsonWriter> data, CancellationToken cancellationToken) =>
        Answers.JsonAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("data"u8);
                data(json);
                WriteEnd(json, total);
                json.WriteNull("errors"u8);
                json.WriteEndObject();
            },
            cancellationToken);

    /// <summary>An error; Jaeger calls this text.</summary>
    public static Task RefuseAsync(HttpContext context, ApiException e) => WriteErrorAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteNull("data"u8);
        WriteEnd(json, 0);
        json.WriteStartArray("errors"u8);
        json.WriteStartObject();
        json.WriteNumber("code"u8, e.Status);
        json.WriteString("msg"u8, e.Message);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>An error of the third version.</summary>
    public static Task RefuseV3Async(HttpContext context, ApiException e) => WriteErrorAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteNumber("httpCode"u8, e.Status);
        json.WriteString("message"u8, e.Message);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static async Task WriteErrorAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        buffer.WriteByte((byte)'\n');
        context.Response.ContentType = ErrorType;
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted)
            .ConfigureAwait(false);
    }

    private static void WriteEnd(Utf8JsonWriter json, int total)
    {
        json.WriteNumber("total"u8, total);
        json.WriteNumber("limit"u8, 0);
        json.WriteNumber("offset"u8, 0);
    }
}
