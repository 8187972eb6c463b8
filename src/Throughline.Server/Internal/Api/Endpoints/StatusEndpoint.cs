using System.Reflection;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api.Endpoints;

/// <summary>The server itself.</summary>
internal sealed class StatusEndpoint(ApiServices services)
{
    /// <summary>Of the server's assembly.</summary>
    public static string Version { get; } =
        typeof(StatusEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public ApiRoute Route => new(
        "/status",
        "status",
        "What the server is and holds.",
        [],
        ApiJson.Of<StatusView>(),
        ApiRoute.Now((_, _) => Handle()));

    private StatusView Handle()
    {
        var held = services.Store.Statistics;
        return new StatusView(
            Version,
            UnixTime.Rfc3339(UnixTime.Of(services.Started)),
            held.Spans,
            held.Logs,
            held.Bytes,
            held.Segments,
            held.SpansDropped,
            held.OldestUnixNs is { } oldest ? UnixTime.Rfc3339(oldest) : null);
    }
}
