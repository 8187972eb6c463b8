using Throughline.TestServers;

namespace Throughline.Dashboard.Tests.Fixtures;

/// <summary>The demo as a newcomer runs it: real services on the embedded broker, with what goes wrong on purpose. Only read.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    private CliProcess? _demo;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _demo = CliProcess.Start("demo", "--port", "0", "--orders-per-second", "0");
        Address = new Uri(await _demo.WaitForOutputAsync("Dashboard "));
    }

    public ValueTask DisposeAsync()
    {
        _demo?.Dispose();
        return ValueTask.CompletedTask;
    }
}
