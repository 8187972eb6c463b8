using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Server;

/// <summary>What people look at, served beside the answers at the same address. Throughline.Dashboard has the only ones.</summary>
public abstract class ServerPages
{
    private protected ServerPages()
    {
    }

    /// <summary>Adds what the pages need for each request.</summary>
    internal abstract void AddServices(IServiceCollection services);

    /// <summary>Adds the pages.</summary>
    internal abstract void Map(IEndpointRouteBuilder endpoints, PageServices server);

    /// <summary>Whether a path may be seen by whoever has no key: where one is shown, and what that page needs.</summary>
    internal abstract bool IsOpen(PathString path);

    /// <summary>Where a browser shows its key, to come back to <paramref name="wanted"/>.</summary>
    internal abstract string LoginPath(string wanted);
}
