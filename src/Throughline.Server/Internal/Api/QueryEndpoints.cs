using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Compat.Jaeger;
using Throughline.Server.Internal.Compat.Tempo;
using Throughline.Server.Internal.Compat.Zipkin;

namespace Throughline.Server.Internal.Api;

/// <summary>Everything that answers: the server's own API, and those that other tools know.</summary>
internal sealed class QueryEndpoints(ApiServices services, QueryGate gate, QueryOptions options)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        new ApiEndpoints(services, gate).Map(endpoints);
        new TempoEndpoints(services, gate, options.QueryBodyBytesMax).Map(endpoints);
        new JaegerEndpoints(services, gate).Map(endpoints);
        new ZipkinEndpoints(services, gate).Map(endpoints);
    }
}
