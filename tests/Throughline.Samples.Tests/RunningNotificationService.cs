using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NotificationService;

namespace Throughline.Samples.Tests;

/// <summary>The notification service in this process, on a port of its own.</summary>
internal sealed class RunningNotificationService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private RunningNotificationService(WebApplication app)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>True once an error has ended the consuming.</summary>
    public bool GaveUp => _app.Services.GetRequiredService<OrderConsumer>().GaveUp;

    public static async Task<RunningNotificationService> StartAsync(NotificationSettings settings)
    {
        var app = NotificationHost.Build(["--urls=http://127.0.0.1:0", "--OTEL_SDK_DISABLED=true", "--Logging:LogLevel:Default=None"], settings);
        await app.StartAsync();
        var service = new RunningNotificationService(app);
        await service.WaitUntilReadyAsync();
        return service;
    }

    public Task StopAsync() => _app.StopAsync();

    /// <summary>Waits until the service ends by itself.</summary>
    public Task WaitForEndAsync() => _app.WaitForShutdownAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(ProbeInterval);
        while ((await _http.GetAsync("/health/ready", limit.Token)).StatusCode != HttpStatusCode.OK)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
