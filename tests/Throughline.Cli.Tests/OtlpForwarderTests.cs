using Throughline.Cli.Demo.Otlp;

namespace Throughline.Cli.Tests;

public class OtlpForwarderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1/traces")]
    [InlineData("/v1/traces/")]
    public async Task The_same_bytes_arrive_with_and_without_the_path(string path)
    {
        await using var backend = await Backend.StartAsync();

        var outcome = await ForwardAsync(new Uri(backend.Address.ToString().TrimEnd('/') + path), [1, 2, 3]);

        Assert.Equal([1, 2, 3], Assert.Single(backend.Bodies));
        Assert.Equal((1, 0), (outcome.Sent, outcome.Failed));
    }

    [Fact]
    public async Task A_backend_that_refuses_is_reported()
    {
        await using var backend = await Backend.StartAsync(_ => 400);

        var outcome = await ForwardAsync(backend.Address, [1]);

        Assert.Single(backend.Bodies);
        Assert.Equal((0, 1), (outcome.Sent, outcome.Failed));
        Assert.Equal("it answered 400 Bad Request", outcome.Failure);
    }

    [Fact]
    public async Task A_busy_backend_is_asked_again()
    {
        await using var backend = await Backend.StartAsync(attempt => attempt < 3 ? 503 : 200);

        var outcome = await ForwardAsync(backend.Address, [1]);

        Assert.Equal(3, backend.Bodies.Count);
        Assert.Equal((1, 0), (outcome.Sent, outcome.Failed));
    }

    [Fact]
    public async Task A_backend_that_is_not_there_is_reported()
    {
        Uri gone;
        await using (var backend = await Backend.StartAsync())
        {
            gone = backend.Address;
        }

        var outcome = await ForwardAsync(gone, [1]);

        Assert.Equal((0, 1), (outcome.Sent, outcome.Failed));
        Assert.Contains("refused", outcome.Failure, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<ForwardOutcome> ForwardAsync(Uri backend, byte[] request)
    {
        using var forwarder = new OtlpForwarder(backend);
        forwarder.Offer(request);
        return await forwarder.FlushAsync(Patience, CancellationToken.None);
    }
}
