using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Dashboard.Internal.Access;

/// <summary>Where a browser shows the read key, and gets a cookie that no script can read.</summary>
internal static class LoginEndpoints
{
    public const string Path = "/login";

    private const string KeyField = "key";
    private const string WantedField = "to";

    public static string Link(string wanted) => $"{Path}?{WantedField}={Uri.EscapeDataString(wanted)}";

    public static void Map(IEndpointRouteBuilder endpoints, PageServices server)
    {
        endpoints.MapGet(Path, (RequestDelegate)(context => ShowAsync(context, isWrong: false)));
        endpoints.MapPost(Path, (RequestDelegate)(context => OpenAsync(context, server.Sessions)));
        endpoints.MapPost("/logout", (RequestDelegate)(context =>
        {
            context.Response.Cookies.Delete(ReadSessions.CookieName);
            context.Response.Redirect(Path);
            return Task.CompletedTask;
        }));
    }

    private static async Task OpenAsync(HttpContext context, ReadSessions sessions)
    {
        if (!context.Request.HasFormContentType)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (sessions.Open(form[KeyField].ToString().Trim()) is not { } session)
        {
            await ShowAsync(context, isWrong: true).ConfigureAwait(false);
            return;
        }

        context.Response.Cookies.Append(ReadSessions.CookieName, session, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            MaxAge = ReadSessions.Length,
        });
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = OwnPath(context.Request.Query[WantedField].ToString());
    }

    private static async Task ShowAsync(HttpContext context, bool isWrong)
    {
        PageHeaders.Set(context.Response);
        var html = new Html(context.RequestServices);
        await using (html.ConfigureAwait(false))
        {
            var text = await html.OfAsync(
                typeof(LoginPage),
                new(nameof(LoginPage.Action), Link(OwnPath(context.Request.Query[WantedField].ToString()))),
                new(nameof(LoginPage.IsWrong), isWrong)).ConfigureAwait(false);
            context.Response.StatusCode = isWrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>A path of this server: a link from elsewhere must not lead elsewhere.</summary>
    private static string OwnPath(string wanted) =>
        wanted.StartsWith('/') && !wanted.StartsWith("//", StringComparison.Ordinal) && !wanted.Contains('\\', StringComparison.Ordinal)
        && !wanted.Any(char.IsControl)
            ? wanted
            : "/";
}
