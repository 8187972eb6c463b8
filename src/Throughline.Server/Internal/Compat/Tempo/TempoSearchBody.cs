using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Api;

namespace Throughline.Server.Internal.Compat.Tempo;

/// <summary>
/// The POST that guides show: <c>{"tags":{"messaging.system":"kafka"},"minDuration":"5s"}</c>, under any content type. Tempo
/// ignores such a body and answers with everything; here it counts.
/// </summary>
internal static class TempoSearchBody
{
    private const int DepthMax = 8;

    private static readonly string[] Known =
        ["q", "query", "tags", "minDuration", "maxDuration", "limit", "spss", "start", "end"];

    /// <exception cref="ApiException">It is too large, no JSON, or says something that is not known.</exception>
    public static async Task<TempoSearchRequest> ReadAsync(HttpRequest request, int sizeMax, CancellationToken cancellationToken)
    {
        var parameters = request.Query.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        var body = await BytesAsync(request, sizeMax, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
        {
            return TempoSearchRequest.Read(parameters, tags: null);
        }

        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
            return Read(json.RootElement, parameters);
        }
        catch (JsonException e)
        {
            throw Arguments.Refused($"invalid body: it is no JSON: {e.Message}", e);
        }
    }

    private static TempoSearchRequest Read(JsonElement body, Dictionary<string, string> parameters)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Arguments.Refused("invalid body: expected a JSON object such as {\"tags\":{\"messaging.system\":\"kafka\"}}");
        }

        List<KeyValuePair<string, string>>? tags = null;
        foreach (var property in body.EnumerateObject())
        {
            if (!Known.Contains(property.Name, StringComparer.Ordinal))
            {
                throw Arguments.Refused($"invalid body: there is no {property.Name}; known are {string.Join(", ", Known)}");
            }

            if (property is { Name: "tags", Value.ValueKind: JsonValueKind.Object })
            {
                tags = [.. property.Value.EnumerateObject().Select(t => KeyValuePair.Create(t.Name, Text(t)))];
            }
            else
            {
                parameters[property.Name == "query" ? "q" : property.Name] = Text(property);
            }
        }

        return TempoSearchRequest.Read(parameters, tags);
    }

    private static string Text(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString()!,
        JsonValueKind.Number => property.Value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw Arguments.Refused($"invalid body: {property.Name} is neither a text nor a number"),
    };

    private static async Task<byte[]> BytesAsync(HttpRequest request, int sizeMax, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[4096];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length + read > sizeMax)
            {
                throw new ApiException(
                    StatusCodes.Status413PayloadTooLarge, $"invalid body: a query has at most {sizeMax} bytes");
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
