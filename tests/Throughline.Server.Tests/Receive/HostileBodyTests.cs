using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Throughline.Server.Internal.Receive;

namespace Throughline.Server.Tests.Receive;

[Collection(nameof(AloneInTheProcess))]
public sealed class HostileBodyTests
{
    private const int SizeMax = 1024 * 1024;

    [Fact]
    public async Task A_compression_bomb_costs_no_more_than_the_limit()
    {
        const long AllocatedMax = 24 * SizeMax;
        await using var host = await StartAsync();
        var bomb = Bomb(size: 300 * SizeMax);
        using (await PostAsync(host, bomb))
        {
            // Warm.
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var answer = await PostAsync(host, bomb);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.InRange(allocated, 0, AllocatedMax);
        Assert.Equal(0, host.Receiver.InFlight);
    }

    [Fact]
    public async Task A_stream_that_never_yields_a_byte_ends_at_the_limit_of_the_wire()
    {
        await using var host = await StartAsync();
        var empty = Convert.FromHexString("1f8b08000000000000ff03000000000000000000");
        var many = new byte[empty.Length * (2 * SizeMax / empty.Length)];
        for (var at = 0; at < many.Length; at += empty.Length)
        {
            empty.CopyTo(many, at);
        }

        using var answer = await PostAsync(host, many);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        await using var host = await StartAsync(TimeSpan.FromMilliseconds(100));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Http.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nContent-Length: 9\r\n\r\nA"u8.ToArray(),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(client.GetStream());
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("HTTP/1.1 408 Request Timeout", status);
        Assert.Equal(0, host.Receiver.InFlight);
        Assert.Equal(1, host.Receiver.Counts[ReceiveResult.TimedOut]);
    }

    [Fact]
    public void Limits_that_do_not_go_together_are_refused_at_the_start() => Assert.Contains(
        "InFlightMax is 10 and has to be 3 times RequestSizeMax, 10, at least",
        Assert.Throws<ArgumentException>(() => new Receiver(
            new RecordingIngest(), new ReceiveOptions { RequestSizeMax = 10, InFlightMax = 10 }, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)).Message,
        StringComparison.Ordinal);

    private static Task<ReceiveHost> StartAsync(TimeSpan? bodyTimeMax = null) => ReceiveHost.StartAsync(new ReceiveOptions
    {
        RequestSizeMax = SizeMax,
        InFlightMax = 3 * SizeMax,
        BodyTimeMax = bodyTimeMax ?? TimeSpan.FromSeconds(60),
    });

    private static Task<HttpResponseMessage> PostAsync(ReceiveHost host, byte[] body) => host.Client.PostAsync(
        "/v1/traces", Requests.Content(body, encoding: "gzip"), TestContext.Current.CancellationToken);

    private static byte[] Bomb(int size)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            var zeros = new byte[64 * 1024];
            for (var written = 0; written < size; written += zeros.Length)
            {
                gzip.Write(zeros);
            }
        }

        return packed.ToArray();
    }
}
