using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Throughline.Server;

namespace Throughline.Dashboard.Tests.Fixtures;

/// <summary>A whole server with the dashboard, on ports of its own, in this process; its traces settle at once.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private const int SpansPerRequest = 5000;

    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly DirectoryInfo _folder;
    private readonly ThroughlineServer _server;

    private DashboardServer(DirectoryInfo folder, ThroughlineServer server, string? readKey)
    {
        (_folder, _server) = (folder, server);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
        if (readKey is not null)
        {
            Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", readKey);
        }
    }

    public Uri Address => _server.Address;

    public Uri OtlpHttpAddress => _server.OtlpHttpAddress;

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    public static async Task<DashboardServer> StartAsync(Action<ThroughlineServerOptions>? configure = null, DashboardPages? pages = null)
    {
        var folder = Directory.CreateTempSubdirectory("throughline-dashboard-");
        var options = new ThroughlineServerOptions
        {
            DataFolder = folder.FullName,
            Port = 0,
            OtlpGrpcPort = 0,
            OtlpHttpPort = 0,
            SettleAfter = TimeSpan.FromMilliseconds(200),
            OrphanAfter = TimeSpan.FromMilliseconds(200),
        };
        configure?.Invoke(options);
        return new DashboardServer(folder, await ThroughlineServer.StartAsync(options, pages ?? new DashboardPages()), options.ReadKey);
    }

    /// <summary>Sends spans as a client would, and waits until they are in the answers.</summary>
    public async Task SendAsync(IEnumerable<TestSpan> spans, string? ingestKey = null)
    {
        foreach (var some in spans.Chunk(SpansPerRequest))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(OtlpHttpAddress, "v1/traces"))
            {
                Content = new StringContent(RequestOf(some).ToJsonString(), Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = ingestKey is null ? null : new AuthenticationHeaderValue("Bearer", ingestKey);
            using var response = await Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await _server.WaitUntilSettledAsync(SettlesWithin);
    }

    /// <summary>Sends requests that are OTLP's protobuf already: many spans in little time.</summary>
    public async Task SendAsync(IEnumerable<byte[]> requests)
    {
        foreach (var one in requests)
        {
            using var content = new ByteArrayContent(one);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            using var response = await Client.PostAsync(new Uri(OtlpHttpAddress, "v1/traces"), content);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await _server.WaitUntilSettledAsync(SettlesWithin);
    }

    /// <summary>A page's text; it has to be there.</summary>
    public async Task<string> PageAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        return text;
    }

    /// <summary>A page, asked for until it says something: searches look for a bounded time, and say when that was too short.</summary>
    public async Task<string> PageAsync(string path, string saying)
    {
        using var limit = new CancellationTokenSource(SettlesWithin);
        var text = await PageAsync(path);
        while (!text.Contains(saying, StringComparison.Ordinal) && !limit.IsCancellationRequested)
        {
            await Task.Delay(AskAgainAfter);
            text = await PageAsync(path);
        }

        Assert.Contains(saying, text, StringComparison.Ordinal);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static JsonObject RequestOf(IEnumerable<TestSpan> spans) => new()
    {
        ["resourceSpans"] = new JsonArray([.. spans.GroupBy(span => span.Service).Select(service => new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = new JsonArray(TestSpan.Pair(new("service.name", service.Key))) },
            ["scopeSpans"] = new JsonArray(new JsonObject
            {
                ["scope"] = new JsonObject { ["name"] = "Throughline.Kafka" },
                ["spans"] = new JsonArray([.. service.Select(span => span.ToJson())]),
            }),
        })]),
    };
}
