using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Throughline.Dashboard.Internal.Access;
using Throughline.Dashboard.Internal.Assets;
using Throughline.Dashboard.Internal.Live;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Server;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Dashboard;

/// <summary>The dashboard, to be given to a <see cref="ThroughlineServer"/> as it is started.</summary>
public sealed class DashboardPages : ServerPages
{
    internal override void AddServices(IServiceCollection services) => services.AddScoped<PageRequest>();

    internal override void Map(IEndpointRouteBuilder endpoints, PageServices server)
    {
        AssetEndpoints.Map(endpoints);
        LoginEndpoints.Map(endpoints, server);
        LiveEndpoint.Map(endpoints, server);
        new PageEndpoints(server).Map(endpoints);
    }

    internal override bool IsOpen(PathString path) =>
        path == LoginEndpoints.Path || path.StartsWithSegments(AssetEndpoints.Prefix, StringComparison.Ordinal);

    internal override string LoginPath(string wanted) => LoginEndpoints.Link(wanted);
}
