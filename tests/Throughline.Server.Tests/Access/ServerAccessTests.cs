using System.Net;
using System.Net.Http.Headers;
using Throughline.Server.Tests.Api;

namespace Throughline.Server.Tests.Access;

/// <summary>The whole server: what is sent is found, by whoever may.</summary>
public sealed class ServerAccessTests : IDisposable
{
    private const string Ingest = "an ingest key of some length";
    private const string Read = "a read key of some length";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task An_address_that_others_reach_takes_keys()
    {
        var options = Options();
        options.Address = "0.0.0.0";
        var error = await Assert.ThrowsAsync<ServerSettingsException>(() => ThroughlineServer.StartAsync(options));
        Assert.Contains("--ingest-key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_keys_each_side_has_its_own()
    {
        var options = Options();
        (options.IngestKey, options.ReadKey) = (Ingest, Read);
        await using var server = await ThroughlineServer.StartAsync(options);
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, key: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, Read));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, Ingest));
        foreach (var path in (string[])["api/v1/status", "metrics", "tempo/api/echo", "jaeger/api/services", "zipkin/api/v2/services", $"api/v1/traces/{Samples.Order}"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, path, key: null)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, path, Ingest)).Status);
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, path, Read)).Status);
        }

        Assert.Equal((HttpStatusCode.OK, "ok"), await AskAsync(server, "healthz", key: null));
    }

    [Fact]
    public async Task What_was_acknowledged_is_found_by_its_id_at_once_and_counted()
    {
        await using var server = await ThroughlineServer.StartAsync(Options());
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, key: null));
        var (status, text) = await AskAsync(server, $"api/v1/traces/{Samples.Order}", key: null);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"isSettled\":false", text, StringComparison.Ordinal);
        Assert.Contains("\nthroughline_spans_received_total 1\n", (await AskAsync(server, "metrics", key: null)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, "readyz", key: null)).Status);
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    private ThroughlineServerOptions Options() => new() { DataFolder = _folder.Path, Port = 0, OtlpGrpcPort = 0, OtlpHttpPort = 0 };

    private async Task<HttpStatusCode> SendAsync(ThroughlineServer server, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.OtlpHttpAddress, "v1/traces"));
        request.Content = new ByteArrayContent(Samples.All[0].ToRequest(QueryServer.EpochUnixNs));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return (await AnswerAsync(request, key)).Status;
    }

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(ThroughlineServer server, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        return await AnswerAsync(request, key);
    }

    private async Task<(HttpStatusCode Status, string Text)> AnswerAsync(HttpRequestMessage request, string? key)
    {
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
