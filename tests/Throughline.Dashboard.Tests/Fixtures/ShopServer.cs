namespace Throughline.Dashboard.Tests.Fixtures;

/// <summary>A server that has the <see cref="Shop"/>'s run; shared, and only read.</summary>
public sealed class ShopServer : IAsyncLifetime
{
    public DashboardServer Dashboard { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Dashboard = await DashboardServer.StartAsync();
        await Dashboard.SendAsync(Shop.Spans(DateTimeOffset.UtcNow.AddSeconds(-20)));
    }

    public ValueTask DisposeAsync() => Dashboard.DisposeAsync();
}
