using System.Net;
using System.Text;

namespace Throughline.Server.Tests.Receive;

public sealed class ZipkinHttpTests : IAsyncLifetime
{
    private const string Span = """[{"traceId":"86154a4ba6e91385","id":"4d1e00c0db9010db","name":"get","timestamp":1}]""";

    private ReceiveHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ReceiveHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Spans_are_accepted_with_an_empty_202()
    {
        using var answer = await PostAsync(Requests.Content(Encoding.UTF8.GetBytes(Span), Requests.Json));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("get", Assert.Single((await _host.Ingest.NextSpansAsync()).Spans).Name);
    }

    [Fact]
    public async Task They_may_be_compressed()
    {
        using var answer = await PostAsync(Requests.Content(Requests.Gzip(Encoding.UTF8.GetBytes(Span)), Requests.Json, "gzip"));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_400_with_the_cause()
    {
        using var answer = await PostAsync(Requests.Content("[{}]"u8.ToArray(), Requests.Json));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("a span has no traceId\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Another_type_is_a_415()
    {
        using var answer = await PostAsync(Requests.Content([], "application/x-thrift"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content) =>
        _host.Client.PostAsync("/api/v2/spans", content, TestContext.Current.CancellationToken);
}
