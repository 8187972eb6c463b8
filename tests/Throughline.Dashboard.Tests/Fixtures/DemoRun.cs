using Throughline.TestServers;

namespace Throughline.Dashboard.Tests.Fixtures;

/// <summary>The demo as a newcomer runs it: real services on the embedded broker, with what goes wrong on purpose. Only read.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private CliProcess? _demo;
    private Stream? _open;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _demo = CliProcess.Start("demo", "--port", "0", "--orders-per-second", "0");
        Address = new Uri(await _demo.WaitForOutputAsync("Dashboard "));

        // As an open page: without one the demo ends by itself while other tests run.
        _open = await _http.GetStreamAsync(new Uri(Address, "live"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not null)
        {
            await _open.DisposeAsync();
        }

        _http.Dispose();
        _demo?.Dispose();
    }
}
