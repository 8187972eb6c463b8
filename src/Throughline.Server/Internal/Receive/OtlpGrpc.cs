using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Ingest;

namespace Throughline.Server.Internal.Receive;

/// <summary>
/// OTLP over gRPC. A service of one unary method needs little of gRPC: a frame in, a frame and trailers out; Kestrel's
/// HTTP/2 does the rest.
/// </summary>
/// <remarks>https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md</remarks>
internal sealed class OtlpGrpc(Receiver receiver, SignalKind kind)
{
    private const int HeaderSize = 5;

    public async Task HandleAsync(HttpContext context)
    {
        if (!GrpcReply.IsGrpc(context.Request.ContentType))
        {
            await HttpReply.SendTextAsync(
                context, StatusCodes.Status415UnsupportedMediaType,
                $"the content type \"{context.Request.ContentType}\" is not known; allowed is {GrpcReply.ContentType}")
                .ConfigureAwait(false);
            return;
        }

        // 1. The sender's deadline is ours for getting the request. What is received is handed in all the same.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (GrpcTimeout.Parse(context.Request.Headers["grpc-timeout"]) is { } timeout && timeout < receiver.Options.BodyTimeMax)
        {
            deadline.CancelAfter(timeout);
        }

        WireLimits.Set(context, receiver.Options);
        try
        {
            // 2. One frame: is it compressed, and how long is it?
            var header = new byte[HeaderSize];
            var read = await context.Request.Body.ReadAtLeastAsync(
                header, HeaderSize, throwOnEndOfStream: false, deadline.Token).ConfigureAwait(false);
            if (read < HeaderSize || header[0] > 1)
            {
                GrpcReply.Refuse(context, new RpcStatus(RpcCode.InvalidArgument, NoMessage(read, header[0])));
                return;
            }

            // 3. Take it.
            await TakeAsync(context, header[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1)), deadline.Token)
                .ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            // Kestrel looks at the length that HTTP tells before the first byte is read.
            GrpcReply.Refuse(context, new RpcStatus(RpcCode.ResourceExhausted, e.Message));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            GrpcReply.Refuse(context, new RpcStatus(RpcCode.DeadlineExceeded, "the request's own deadline has passed"));
        }
    }

    private async ValueTask TakeAsync(HttpContext context, bool isCompressed, long length, CancellationToken cancellationToken)
    {
        var compression = isCompressed ? context.Request.Headers["grpc-encoding"].ToString() : null;
        if (compression is "" or "identity")
        {
            GrpcReply.Refuse(context, new RpcStatus(
                RpcCode.Internal, "the message is marked as compressed, and grpc-encoding does not say how"));
            return;
        }

        // A compressed message's own length says nothing of what will come out of it, but must not be believed either.
        var frame = new BoundedStream(context.Request.Body, length);
        var answer = await receiver.TakeAsync(
            kind, PayloadForm.Protobuf, compression, frame, length, cancellationToken).ConfigureAwait(false);
        if (answer.Result == ReceiveResult.Accepted)
        {
            await GrpcReply.SendAsync(context, ExportResponse.ToProtobuf(answer)).ConfigureAwait(false);
        }
        else
        {
            GrpcReply.Refuse(context, RpcStatus.Of(answer));
        }
    }

    private static string NoMessage(int read, byte flag) => read < HeaderSize
        ? $"the request has {read} bytes, and a message begins with {HeaderSize}"
        : $"a message's compression flag is {flag}, and has to be 0 or 1";
}
