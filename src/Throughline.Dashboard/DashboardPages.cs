using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Throughline.Dashboard.Internal.Access;
using Throughline.Dashboard.Internal.Assets;
using Throughline.Dashboard.Internal.Demo;
using Throughline.Dashboard.Internal.Journeys;
using Throughline.Dashboard.Internal.Live;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Server;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Dashboard;

/// <summary>The dashboard, to be given to a <see cref="ThroughlineServer"/> as it is started.</summary>
public sealed class DashboardPages : ServerPages
{
    private readonly DemoRuns _demo;

    /// <summary>Pages for one server.</summary>
    /// <param name="runDemo">
    /// Sends the demo's orders to the server, and ends when they are sent; canceled when the server stops. Whoever may read
    /// the pages may start it, once at a time. What it throws is shown. Null for pages that do not offer it.
    /// </param>
    public DashboardPages(Func<CancellationToken, Task>? runDemo = null) => _demo = new DemoRuns(runDemo);

    internal override void AddServices(IServiceCollection services) =>
        services.AddSingleton(_demo).AddSingleton<RecentJourneys>().AddScoped<PageRequest>();

    internal override void Map(IEndpointRouteBuilder endpoints, PageServices server)
    {
        AssetEndpoints.Map(endpoints);
        LoginEndpoints.Map(endpoints, server);
        LiveEndpoint.Map(endpoints, server);
        DemoEndpoint.Map(endpoints, _demo);
        new JourneyEndpoints(server, endpoints.ServiceProvider.GetRequiredService<RecentJourneys>()).Map(endpoints);
        new PageEndpoints(server).Map(endpoints);
    }

    internal override bool IsOpen(PathString path) =>
        path == LoginEndpoints.Path || path.StartsWithSegments(AssetEndpoints.Prefix, StringComparison.Ordinal);

    internal override string LoginPath(string wanted) => LoginEndpoints.Link(wanted);
}
