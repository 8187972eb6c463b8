using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Throughline.Server.Internal.Api;

namespace Throughline.Server.Internal.Access;

/// <summary>Stands before every request of one side.</summary>
/// <param name="rules">Who may.</param>
/// <param name="side">Which side.</param>
/// <param name="sessions">Browsers that have shown the key; null where there is nothing for browsers.</param>
/// <param name="pages">What browsers see, or null.</param>
internal sealed class AccessGuard(AccessRules rules, AccessSide side, ReadSessions? sessions = null, ServerPages? pages = null)
{
    private const string Bearer = "Bearer ";
    private const string FetchSite = "Sec-Fetch-Site";
    private const string FetchMode = "Sec-Fetch-Mode";

    private string Setting => side == AccessSide.Ingest ? "ingest-key" : "read-key";

    /// <summary>Before everything else that the application does.</summary>
    public void Use(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (Check(context.Request) is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status401Unauthorized && pages is not null && IsPerson(context.Request))
            {
                context.Response.Redirect(pages.LoginPath(context.Request.Path + context.Request.QueryString));
                return;
            }

            if (refusal.Status == StatusCodes.Status401Unauthorized)
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.WWWAuthenticate = "Bearer";
                    return Task.CompletedTask;
                });
            }

            await ApiProblem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    });

    /// <summary>Why a request is refused, or null.</summary>
    public ApiException? Check(HttpRequest request)
    {
        // 1. Whether it lives is no secret.
        if (HealthEndpoints.IsHealth(request.Path))
        {
            return null;
        }

        // 2. Whoever has the key is no page that a browser was lured to; whoever has a cookie may be.
        if (rules.NeedsKey(side))
        {
            return sessions?.IsOpen(request.Cookies[ReadSessions.CookieName]) == true || pages?.IsOpen(request.Path) == true
                ? CheckOrigin(request)
                : CheckKey(request);
        }

        // 3. Without keys, whatever a browser sends has to come from here.
        if (!rules.IsHost(request.Host.Host))
        {
            return new ApiException(
                StatusCodes.Status403Forbidden,
                $"the request is for host '{request.Host.Host}', which is not a name of this server; host-names (--host-names) adds names");
        }

        return CheckOrigin(request);
    }

    /// <summary>Somebody follows a link, or types an address.</summary>
    private static bool IsPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Authorization.Count == 0
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private ApiException? CheckKey(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return new ApiException(
                StatusCodes.Status401Unauthorized,
                $"a key is needed: send the header {HeaderNames.Authorization}: {Bearer}KEY with the server's {Setting}");
        }

        return rules.IsKey(side, authorization[Bearer.Length..].Trim())
            ? null
            : new ApiException(StatusCodes.Status401Unauthorized, $"the key is not the server's {Setting}");
    }

    private static ApiException? CheckOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0)
        {
            var isOwn = Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                        && uri.Authority.Equals(HostOf(request, uri), StringComparison.OrdinalIgnoreCase);
            return isOwn
                ? null
                : new ApiException(StatusCodes.Status403Forbidden, $"the request comes from a page of {origin}, which is not this server");
        }

        // Pictures and scripts of other pages send no origin, but say that they are such. Links are followed.
        return request.Headers[FetchSite] == "cross-site" && request.Headers[FetchMode] != "navigate"
            ? new ApiException(StatusCodes.Status403Forbidden, "the request comes from a page of another site")
            : null;
    }

    /// <summary>As the origin would have it: without the port where it is the scheme's own.</summary>
    private static string HostOf(HttpRequest request, Uri origin) =>
        origin.IsDefaultPort && request.Host.Port == origin.Port ? request.Host.Host : request.Host.Value ?? "";
}
