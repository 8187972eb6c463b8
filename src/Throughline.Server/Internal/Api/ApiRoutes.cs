using Throughline.Server.Internal.Api.Endpoints;

namespace Throughline.Server.Internal.Api;

/// <summary>The one table of the API's routes: what is mapped and what OpenAPI describes.</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v1";

    public static IReadOnlyList<ApiRoute> All(ApiServices services) =>
    [
        new SearchEndpoint(services).Route,
        new TraceEndpoint(services).Route,
        .. new JourneyEndpoints(services).Routes,
        new RecordEndpoint(services).Route,
        .. new AnswerEndpoints(services).Routes,
        new CompareEndpoint(services).Route,
        .. new NameEndpoints(services).Routes,
        new StatusEndpoint(services).Route,
    ];
}
