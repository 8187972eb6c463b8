using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrderService;

namespace Throughline.Samples.Tests;

/// <summary>The order service in this process, on a port and a database of its own.</summary>
internal sealed class RunningOrderService : IAsyncDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private RunningOrderService(DirectoryInfo folder, WebApplication app) => (_folder, _app) = (folder, app);

    public HttpClient Http { get; private set; } = new();

    public OrderStore Store => _app.Services.GetRequiredService<OrderStore>();

    public static async Task<RunningOrderService> StartAsync(
        string brokers, string topic, TimeSpan? sendTimeout = null, Dictionary<string, string>? kafkaConfig = null)
    {
        var folder = Directory.CreateTempSubdirectory("order-service-tests-");
        var settings = new OrderSettings
        {
            KafkaBrokers = brokers,
            KafkaConfig = kafkaConfig ?? [],
            Topic = topic,
            Database = Path.Combine(folder.FullName, "orders.db"),
            SendTimeout = sendTimeout ?? TimeSpan.FromSeconds(10),
        };
        var app = OrderHost.Build(["--urls=http://127.0.0.1:0", "--OTEL_SDK_DISABLED=true", "--Logging:LogLevel:Default=None"], settings);
        await app.StartAsync();
        return new RunningOrderService(folder, app) { Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) } };
    }

    public Task<HttpResponseMessage> PostAsync(string body, string contentType = "application/json") =>
        Http.PostAsync("/orders", new StringContent(body, Encoding.UTF8, contentType));

    /// <summary>Waits until an answer of the path has the status.</summary>
    public async Task WaitForAsync(string path, HttpStatusCode status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(ProbeInterval);
        while ((await Http.GetAsync(path, limit.Token)).StatusCode != status)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
