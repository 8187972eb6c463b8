using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Throughline.Server.Internal.Receive;

/// <summary>How gRPC says what became of a request.</summary>
internal static class GrpcReply
{
    public const string ContentType = "application/grpc";

    private const int HeaderSize = 5;

    /// <summary><c>application/grpc</c>, also with what it carries: <c>application/grpc+proto</c>.</summary>
    public static bool IsGrpc(string? contentType) => contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is ';' or '+');

    /// <summary>A message, and behind it the status of success.</summary>
    public static async Task SendAsync(HttpContext context, byte[] message)
    {
        Begin(context);
        context.Response.DeclareTrailer("grpc-status");
        var frame = new byte[HeaderSize + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, HeaderSize);
        await context.Response.Body.WriteAsync(frame, context.RequestAborted).ConfigureAwait(false);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>No message, and the status in the headers: gRPC's "Trailers-Only".</summary>
    public static void Refuse(HttpContext context, RpcStatus status)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        Begin(context);
        var headers = context.Response.Headers;
        headers["grpc-status"] = ((int)status.Code).ToString(CultureInfo.InvariantCulture);
        headers["grpc-message"] = PercentEncoded(status.Message);
        headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToProtobuf()).TrimEnd('=');
    }

    private static void Begin(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = ContentType;
        context.Response.Headers["grpc-accept-encoding"] = BodyCompression.AllowedByGrpc;
    }

    // Printable ASCII but for the percent sign stays.
    private static string PercentEncoded(string message)
    {
        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return encoded.ToString();
    }
}
