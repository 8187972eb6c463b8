using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Throughline.Server.Internal.Compat;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    private const string JsonType = "application/json";

    /// <summary>JSON as it is written.</summary>
    public static async Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        context.Response.ContentType = JsonType;
        var json = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (json.ConfigureAwait(false))
        {
            write(json);
            await json.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        await context.Response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public static Task TextAsync(HttpContext context, string contentType, string text)
    {
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    public static void Texts(Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
