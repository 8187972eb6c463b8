using Microsoft.Playwright;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Shell;

/// <summary>What somebody finds who has run the demo and opened the address that it printed: in three clicks or fewer.</summary>
[Collection(DashboardCollection.Name)]
public sealed class NewcomerTests(DemoRun demo, Browser browser)
{
    [Fact]
    public async Task Slowest_order_and_why()
    {
        await using var visit = await browser.OpenAsync(demo.Address, "/");
        await FollowAsync(visit.Page, "The slowest record took", "**/journeys/**");
        var told = await visit.Page.InnerTextAsync("main");
        Assert.Contains("billing", told, StringComparison.Ordinal);
        Assert.Contains("check_card", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_order_and_where()
    {
        await using var visit = await browser.OpenAsync(demo.Address, "/");
        await FollowAsync(visit.Page, "1 record lost in order-events", "**/ledger/records*");
        Assert.Contains("MESSAGE_TOO_LARGE", await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await FollowAsync(visit.Page, "Journey", "**/journeys/**");
        Assert.Contains("send order-events", await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consumer_that_breaks_traces_and_how_to_mend_it()
    {
        await using var visit = await browser.OpenAsync(demo.Address, "/");
        await FollowAsync(visit.Page, "audit does not extract", "**/orphans*");
        var told = await visit.Page.InnerTextAsync("main");
        Assert.Contains("audit", told, StringComparison.Ordinal);
        Assert.Contains("How to mend it", told, StringComparison.Ordinal);
        Assert.Contains("TracingConsumerBuilder", told, StringComparison.Ordinal);
    }

    private static async Task FollowAsync(IPage page, string link, string address)
    {
        await page.GetByRole(AriaRole.Link).Filter(new LocatorFilterOptions { HasText = link }).First.ClickAsync();
        await page.WaitForURLAsync(address);
    }
}
