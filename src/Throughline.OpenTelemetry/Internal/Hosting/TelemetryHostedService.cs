using Microsoft.Extensions.Hosting;

namespace Throughline.OpenTelemetry.Internal.Hosting;

/// <summary>Starts telemetry before every other service of the host, and ends it after the last of them has stopped.</summary>
internal sealed class TelemetryHostedService(ThroughlineSdkOptions options) : IHostedLifecycleService, IDisposable
{
    private ThroughlineSdk? _sdk;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _sdk ??= ThroughlineSdk.Start(options);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits within the options' own bound, whatever is left of the host's: the last spans tell how the stop went.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    public void Dispose() => Interlocked.Exchange(ref _sdk, null)?.Dispose();
}
