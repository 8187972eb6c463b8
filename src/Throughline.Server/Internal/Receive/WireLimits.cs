using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Throughline.Server.Internal.Receive;

/// <summary>
/// Kestrel's own limit of a body stands a little above the receiver's, so that who sends too much gets an answer in OTLP's
/// words; and below infinity, since a compressed stream can go on without ever yielding a byte.
/// </summary>
internal static class WireLimits
{
    private const long Slack = 64 * 1024;

    public static void Set(HttpContext context, ReceiveOptions options)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.RequestSizeMax + Slack;
        }
    }
}
