using System.Collections.Frozen;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Throughline.Dashboard.Internal.Assets;

/// <summary>
/// Scripts and styles, out of the assembly. Their address has the build in it: a browser keeps them for good, and a module's
/// relative imports stay within one build.
/// </summary>
internal static class AssetEndpoints
{
    public const string Prefix = "/assets";

    private const string ResourcePrefix = "assets/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string Build = typeof(AssetEndpoints).Module.ModuleVersionId.ToString("N")[..12];

    private static readonly FrozenDictionary<string, Asset> All = Read();

    /// <summary>Where an asset is, such as <c>js/main.js</c>.</summary>
    public static string Link(string name) =>
        All.ContainsKey(name) ? $"{Prefix}/{Build}/{name}" : throw new ArgumentException($"There is no asset {name}.", nameof(name));

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Prefix + "/{build}/{**name}", (RequestDelegate)SendAsync);

    private static async Task SendAsync(HttpContext context)
    {
        if (context.Request.RouteValues["name"] is not string name || !All.TryGetValue(name, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var isZipped = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        context.Response.ContentType = asset.Type;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (isZipped)
        {
            context.Response.Headers.ContentEncoding = "gzip";
        }

        var bytes = isZipped ? asset.Zipped : asset.Plain;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(AssetEndpoints).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[ResourcePrefix.Length..].Replace('\\', '/'),
                name =>
                {
                    using var resource = assembly.GetManifestResourceStream(name)!;
                    using var plain = new MemoryStream();
                    resource.CopyTo(plain);
                    using var zipped = new MemoryStream();
                    using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
                    {
                        gzip.Write(plain.GetBuffer(), 0, (int)plain.Length);
                    }

                    return new Asset(Types[Path.GetExtension(name)], plain.ToArray(), zipped.ToArray());
                },
                StringComparer.Ordinal);
    }

    private sealed record Asset(string Type, byte[] Plain, byte[] Zipped);
}
