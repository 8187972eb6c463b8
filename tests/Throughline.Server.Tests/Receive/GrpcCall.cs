using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;

namespace Throughline.Server.Tests.Receive;

/// <summary>One unary call of gRPC, by hand, so that it can be wrong.</summary>
internal sealed record GrpcCall(int Status, string Message, byte[] Details, byte[] Reply)
{
    public const string TracePath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    public static byte[] Frame(byte[] message, byte flag = 0, uint? length = null)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), length ?? (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public static async Task<GrpcCall> SendAsync(
        Uri server, byte[] body, string path = TracePath, string? encoding = null, string? timeout = null)
    {
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler) { BaseAddress = server };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        if (timeout is not null)
        {
            request.Headers.Add("grpc-timeout", timeout);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/grpc", answer.Content.Headers.ContentType!.MediaType);
        var reply = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        HttpHeaders status = answer.Headers.Contains("grpc-status") ? answer.Headers : answer.TrailingHeaders;
        return new GrpcCall(
            int.Parse(status.GetValues("grpc-status").Single(), CultureInfo.InvariantCulture),
            Uri.UnescapeDataString(Value(status, "grpc-message")),
            Convert.FromBase64String(Padded(Value(status, "grpc-status-details-bin"))),
            reply);
    }

    private static string Value(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.Single() : "";

    private static string Padded(string base64) => base64.PadRight((base64.Length + 3) / 4 * 4, '=');
}
