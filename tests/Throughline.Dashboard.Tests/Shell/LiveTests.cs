using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Shell;

/// <summary>Pages follow what comes in, and say when nothing can.</summary>
[Collection(DashboardCollection.Name)]
public sealed class LiveTests(Browser browser)
{
    [Fact]
    public async Task Page_shows_what_has_come_since_without_being_loaded_again()
    {
        await using var server = await DashboardServer.StartAsync();
        await using var visit = await browser.OpenAsync(server.Address, "/");
        await visit.Page.EvaluateAsync("window.isSame = true");
        var before = await visit.Page.InnerTextAsync("#overview");
        await server.SendAsync(Shop.Spans(DateTimeOffset.UtcNow));
        await visit.Page.WaitForFunctionAsync("before => document.querySelector('#overview').innerText !== before", before);
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.isSame"));
    }

    [Fact]
    public async Task Page_says_that_the_server_is_away()
    {
        var server = await DashboardServer.StartAsync();
        await using var visit = await browser.OpenAsync(server.Address, "/");
        Assert.True(await visit.Page.Locator("#connection").IsHiddenAsync());
        await server.DisposeAsync();
        await visit.Page.Locator("#connection").WaitForAsync();
        Assert.Contains("away", await visit.Page.InnerTextAsync("#connection"), StringComparison.Ordinal);
    }
}
