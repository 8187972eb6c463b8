using System.Text.Json.Serialization.Metadata;

namespace Throughline.Server.Internal.Api;

/// <summary>A route of the API: it is mapped, and described in OpenAPI, from this one declaration.</summary>
/// <param name="Path">Below <see cref="ApiRoutes.Prefix"/>, with its path parameters in braces.</param>
/// <param name="Id">OpenAPI's operationId.</param>
/// <param name="Summary">What it answers, in a sentence.</param>
/// <param name="Parameters">All that it knows: others are refused.</param>
/// <param name="Answer">The type of its answer.</param>
/// <param name="Handle">What answers; throws <see cref="ApiException"/> to refuse.</param>
internal sealed record ApiRoute(
    string Path,
    string Id,
    string Summary,
    IReadOnlyList<ApiParameter> Parameters,
    JsonTypeInfo Answer,
    Func<ApiRequest, CancellationToken, ValueTask<object>> Handle)
{
    /// <summary>Of what answers without waiting.</summary>
    public static Func<ApiRequest, CancellationToken, ValueTask<object>> Now(Func<ApiRequest, CancellationToken, object> handle) =>
        (request, cancellationToken) => ValueTask.FromResult(handle(request, cancellationToken));
}
